"""Addresses: the whole state of a view is in its query, checked as any other input."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self, get_origin
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import QueryParams

from ustress.app.wording import sentence
from ustress.core.errors import BadInputError, UnknownNameError


class Address(BaseModel):
    """The state of a view; a field that has its default is not written into the address."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    path: ClassVar[str] = "/"

    as_of: date | None = Field(None, description="known by the end of this date; today if absent")

    @classmethod
    def read(cls, given: QueryParams, beside: tuple[str, ...] = ()) -> Self:
        """The address of a request; empty fields count as absent.

        Args:
            given: the query.
            beside: beginnings of names that are no fields and may stand there all the same.

        Raises:
            BadInputError: naming the field, what was given and what was expected.
        """
        for name in given:
            if name not in cls.model_fields and not (beside and name.startswith(beside)):
                known = tuple(cls.model_fields)
                raise BadInputError(str(UnknownNameError("part of the address", name[:40], known)))
        values: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            found = [text for text in given.getlist(name) if text != ""]
            if found:
                values[name] = found if get_origin(info.annotation) is tuple else found[-1]
        try:
            return cls.model_validate(values)
        except ValidationError as fault:
            raise BadInputError(sentence(fault.errors(include_url=False))) from None

    def to(self, path: str | None = None, **changes: Any) -> str:
        """The address with some fields changed."""
        query = self.query(**changes)
        return (path or self.path) + (f"?{query}" if query else "")

    def query(self, **changes: Any) -> str:
        """The query alone."""
        values = {**self.model_dump(), **changes}
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            info = type(self).model_fields.get(name)
            if value is None or (info is not None and value == info.default):
                continue
            several = value if isinstance(value, tuple | list) else (value,)
            pairs += [(name, str(one)) for one in several]
        return urlencode(pairs)
