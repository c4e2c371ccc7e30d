from pathlib import Path
from datetime import datetime, timezone
from data.sources.loopback import Publisher
from ustress.workflows.refresh import Surroundings, update

def test_first(publisher: Publisher, tmp_path: Path) -> None:
    publisher.paths = {"/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv/2026": "treasury-par-2026.csv",
      "/resource-center": lambda a: b'Date,"1 Mo","3 Mo"\n',
      "/api/rates/secured/sofr": "newyorkfed-sofr.json", "/api/rates": lambda a: b'{"refRates":[]}',
      "/v2/accounting/od/debt_to_penny": "fiscaldata-debt.json"}
    around = Surroundings({"*": publisher.base}, lambda: datetime(2026,3,2,22,tzinfo=timezone.utc), tmp_path/"home")
    for _ in range(2):
        import time; t=time.time()
        u = update(("treasury-par-yields","newyorkfed","fiscaldata"), around=around)
        for r in u.reports: print(r.sentence, r.requests, r.newest, r.quarantined[:3], r.detail)
        print(time.time()-t)
    assert False
