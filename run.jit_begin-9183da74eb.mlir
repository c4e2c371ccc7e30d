module @jit_begin attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @empty_mesh = <[]> {stablehlo.mesh = {axes = []}}
  func.func public @main(%arg0: tensor<2xui32>, %arg1: tensor<1000xui32>, %arg2: tensor<7xf32>, %arg3: tensor<3xf32>, %arg4: tensor<f32>, %arg5: tensor<f32>, %arg6: tensor<f32>, %arg7: tensor<f32>, %arg8: tensor<f32>, %arg9: tensor<f32>, %arg10: tensor<f32>, %arg11: tensor<f32>, %arg12: tensor<f32>, %arg13: tensor<f32>, %arg14: tensor<f32>, %arg15: tensor<f32>, %arg16: tensor<f32>, %arg17: tensor<1000xf32>, %arg18: tensor<1000xf32>, %arg19: tensor<1000xf32>, %arg20: tensor<1000xf32>, %arg21: tensor<1000xf32>, %arg22: tensor<1000xf32>, %arg23: tensor<1000xf32>, %arg24: tensor<1000xf32>, %arg25: tensor<1000xf32>, %arg26: tensor<1000xf32>, %arg27: tensor<1000xf32>, %arg28: tensor<1000xf32>, %arg29: tensor<1000xf32>, %arg30: tensor<1000xf32>, %arg31: tensor<1000xf32>, %arg32: tensor<1000xf32>, %arg33: tensor<1000xf32>, %arg34: tensor<1000xf32>) -> (tensor<2x1000xui32> {jax.result_info = "result[0].keys"}, tensor<7xf32> {jax.result_info = "result[0].state.open_yields_pct"}, tensor<1000xf32> {jax.result_info = "result[0].state.r"}, tensor<1000xf32> {jax.result_info = "result[0].state.m"}, tensor<1000xf32> {jax.result_info = "result[0].state.b"}, tensor<3xf32> {jax.result_info = "result[0].state.open_q"}, tensor<1000xf32> {jax.result_info = "result[0].state.x_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.b_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.basis_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.forced_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.D_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.log_sigma"}, tensor<1000xf32> {jax.result_info = "result[0].state.reserves_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.gdp_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.repo_gap_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_sofr_iorb_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.lasting_x_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.trust_loss"}, tensor<1000xf32> {jax.result_info = "result[0].state.haven_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.wealth_loss"}, tensor<1000xf32> {jax.result_info = "result[0].state.wealth_beyond"}, tensor<1000xf32> {jax.result_info = "result[0].state.marked_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_log_sigma"}, tensor<8x1000xf32> {jax.result_info = "result[0].state.cross_noise"}, tensor<3x1000xf32> {jax.result_info = "result[0].state.cross_close"}, tensor<1000xf32> {jax.result_info = "result[0].state.max_close_dysfunction"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.china"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.japan"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.other_official"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.foreign_private"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.mutual_funds"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.banks"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.households"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.hedge_funds"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.slow_capital"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.dealers"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.auction_investors"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.treasury"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.fed"}, tensor<1000xf32> {jax.result_info = "result[0].state.bought.others"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.china"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.japan"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.other_official"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.foreign_private"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.mutual_funds"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.banks"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_holdings.households"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.tariff"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.yen_pct"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.jgb_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.herding"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.ran_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.fund_return_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.fund_rate"}, tensor<1000xf32> {jax.result_info = "result[0].state.reacting.banks_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.auction.tail_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.auction.cover"}, tensor<1000xf32> {jax.result_info = "result[0].state.auction.dealer_share"}, tensor<1000xf32> {jax.result_info = "result[0].state.auction.failed"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y2"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y3"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y5"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y7"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y10"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y20"}, tensor<1000xf32> {jax.result_info = "result[0].state.local_x.y30"}, tensor<1000xf32> {jax.result_info = "result[0].state.ten_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.S"}, tensor<1000xf32> {jax.result_info = "result[0].state.sofr_iorb_bp"}, tensor<1000xf32> {jax.result_info = "result[0].state.open_reserves_usdbn"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.active"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.waiting_days"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.active_days"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.bought_usdbn"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.held_usdbn"}, tensor<7x1000xf32> {jax.result_info = "result[0].state.fed.remaining_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.belief"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.mbs_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.book_usdbn_pct"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.carry_usdbn"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.first_crossing_day"}, tensor<1000xf32> {jax.result_info = "result[0].state.fed.intervention_day"}, tensor<1000xi32> {jax.result_info = "result[0].state.status"}, tensor<ui32> {jax.result_info = "result[0].day"}, tensor<1000xi32> {jax.result_info = "result[0].break_day"}, tensor<1000xf32> {jax.result_info = "result[1]['arbitrageurs.beyond']"}, tensor<1000xf32> {jax.result_info = "result[1]['arbitrageurs.loss']"}, tensor<1000xf32> {jax.result_info = "result[1]['auction.bid_to_cover']"}, tensor<1000xf32> {jax.result_info = "result[1]['auction.dealer_share']"}, tensor<1000xf32> {jax.result_info = "result[1]['auction.failed']"}, tensor<1000xf32> {jax.result_info = "result[1]['auction.tail']"}, tensor<1000xf32> {jax.result_info = "result[1]['basis.size']"}, tensor<1000xf32> {jax.result_info = "result[1]['credit.ig']"}, tensor<1000xf32> {jax.result_info = "result[1]['dealers.use']"}, tensor<1000xf32> {jax.result_info = "result[1]['dislocation']"}, tensor<1000xf32> {jax.result_info = "result[1]['dollar.change']"}, tensor<1000xf32> {jax.result_info = "result[1]['dysfunction']"}, tensor<1000xf32> {jax.result_info = "result[1]['equity.change']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.belief']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.bought']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.carry']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.purchases']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.reserves']"}, tensor<1000xf32> {jax.result_info = "result[1]['fed.rung']"}, tensor<1000xf32> {jax.result_info = "result[1]['franc.change']"}, tensor<1000xf32> {jax.result_info = "result[1]['fx.volatility']"}, tensor<1000xf32> {jax.result_info = "result[1]['gold.change']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.banks']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.china']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.dealers']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.foreign_private']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.hedge_funds']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.households']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.japan']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.mutual_funds']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.other_official']"}, tensor<1000xf32> {jax.result_info = "result[1]['held.slow_capital']"}, tensor<1000xf32> {jax.result_info = "result[1]['mbs.spread']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.convenience']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.expected']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.policy']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.premium']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.supply']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.transitory']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.wealth']"}, tensor<1000xf32> {jax.result_info = "result[1]['move.wedge']"}, tensor<1000xf32> {jax.result_info = "result[1]['repo.spread']"}, tensor<1000xf32> {jax.result_info = "result[1]['swap.spread']"}, tensor<1000xf32> {jax.result_info = "result[1]['trust.loss']"}, tensor<1000xf32> {jax.result_info = "result[1]['ust.10y']"}, tensor<1000xf32> {jax.result_info = "result[1]['ust.2y']"}, tensor<1000xf32> {jax.result_info = "result[1]['ust.30y']"}, tensor<1000xf32> {jax.result_info = "result[1]['ust.5y']"}, tensor<1000xf32> {jax.result_info = "result[1]['volatility']"}, tensor<1000xf32> {jax.result_info = "result[1]['yen.change']"}) {
    %0 = sdy.sharding_constraint %arg0 <@empty_mesh, [{}]> : tensor<2xui32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %2 = stablehlo.log %arg4 : tensor<f32>
    %3 = stablehlo.log %arg26 : tensor<1000xf32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %5 = stablehlo.minimum %4, %3 : tensor<1000xf32>
    %6 = stablehlo.add %1, %5 : tensor<1000xf32>
    %cst_0 = stablehlo.constant dense<5.000000e+00> : tensor<f32>
    %7 = stablehlo.log %cst_0 : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %9 = stablehlo.subtract %6, %8 : tensor<1000xf32>
    %10 = stablehlo.multiply %arg23, %9 : tensor<1000xf32>
    %11 = stablehlo.exponential %10 : tensor<1000xf32>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %13 = stablehlo.subtract %12, %arg18 : tensor<1000xf32>
    %14 = stablehlo.divide %13, %arg19 : tensor<1000xf32>
    %15 = stablehlo.abs %14 : tensor<1000xf32>
    %16 = stablehlo.negate %15 : tensor<1000xf32>
    %17 = stablehlo.exponential %16 : tensor<1000xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %19 = stablehlo.maximum %14, %18 : tensor<1000xf32>
    %20 = stablehlo.log_plus_one %17 : tensor<1000xf32>
    %21 = stablehlo.add %19, %20 : tensor<1000xf32>
    %22 = stablehlo.multiply %arg20, %11 : tensor<1000xf32>
    %23 = stablehlo.divide %arg21, %arg22 : tensor<1000xf32>
    %24 = stablehlo.multiply %23, %11 : tensor<1000xf32>
    %cst_3 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %25 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %26 = stablehlo.divide %25, %21 : tensor<1000xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %27 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %28 = stablehlo.maximum %1, %27 : tensor<1000xf32>
    %29 = stablehlo.multiply %24, %28 : tensor<1000xf32>
    %30 = stablehlo.add %22, %29 : tensor<1000xf32>
    %31 = stablehlo.subtract %30, %arg18 : tensor<1000xf32>
    %32 = stablehlo.divide %31, %arg19 : tensor<1000xf32>
    %33 = stablehlo.abs %32 : tensor<1000xf32>
    %34 = stablehlo.negate %33 : tensor<1000xf32>
    %35 = stablehlo.exponential %34 : tensor<1000xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %36 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %37 = stablehlo.maximum %32, %36 : tensor<1000xf32>
    %38 = stablehlo.log_plus_one %35 : tensor<1000xf32>
    %39 = stablehlo.add %37, %38 : tensor<1000xf32>
    %40 = stablehlo.multiply %39, %26 : tensor<1000xf32>
    %41 = stablehlo.multiply %arg17, %40 : tensor<1000xf32>
    %42 = stablehlo.multiply %41, %40 : tensor<1000xf32>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %43 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %44 = stablehlo.add %43, %42 : tensor<1000xf32>
    %45 = stablehlo.multiply %arg24, %40 : tensor<1000xf32>
    %46 = stablehlo.multiply %45, %40 : tensor<1000xf32>
    %cst_7 = stablehlo.constant dense<1.000000e+02> : tensor<f32>
    %47 = stablehlo.multiply %cst_7, %arg5 : tensor<f32>
    %48 = stablehlo.divide %47, %arg6 : tensor<f32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %49 = stablehlo.divide %cst_8, %arg6 : tensor<f32>
    %50 = stablehlo.broadcast_in_dim %48, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %51 = stablehlo.subtract %arg29, %50 : tensor<1000xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %52 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %53 = stablehlo.maximum %51, %52 : tensor<1000xf32>
    %54 = stablehlo.multiply %arg28, %53 : tensor<1000xf32>
    %55 = stablehlo.broadcast_in_dim %48, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %56 = stablehlo.subtract %55, %arg32 : tensor<1000xf32>
    %57 = stablehlo.broadcast_in_dim %49, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %58 = stablehlo.subtract %57, %56 : tensor<1000xf32>
    %59 = stablehlo.divide %58, %arg33 : tensor<1000xf32>
    %60 = stablehlo.abs %59 : tensor<1000xf32>
    %61 = stablehlo.negate %60 : tensor<1000xf32>
    %62 = stablehlo.exponential %61 : tensor<1000xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %63 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %64 = stablehlo.maximum %59, %63 : tensor<1000xf32>
    %65 = stablehlo.log_plus_one %62 : tensor<1000xf32>
    %66 = stablehlo.add %64, %65 : tensor<1000xf32>
    %67 = stablehlo.multiply %arg31, %66 : tensor<1000xf32>
    %68 = stablehlo.multiply %67, %66 : tensor<1000xf32>
    %69 = stablehlo.add %arg27, %54 : tensor<1000xf32>
    %70 = stablehlo.multiply %arg30, %46 : tensor<1000xf32>
    %71 = stablehlo.add %69, %70 : tensor<1000xf32>
    %72 = stablehlo.add %71, %68 : tensor<1000xf32>
    %73 = stablehlo.slice %arg3 [0:1] : (tensor<3xf32>) -> tensor<1xf32>
    %74 = stablehlo.reshape %73 : (tensor<1xf32>) -> tensor<f32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %76 = stablehlo.add %1, %75 : tensor<1000xf32>
    %77 = stablehlo.slice %arg3 [1:2] : (tensor<3xf32>) -> tensor<1xf32>
    %78 = stablehlo.reshape %77 : (tensor<1xf32>) -> tensor<f32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %80 = stablehlo.add %1, %79 : tensor<1000xf32>
    %81 = stablehlo.slice %arg3 [2:3] : (tensor<3xf32>) -> tensor<1xf32>
    %82 = stablehlo.reshape %81 : (tensor<1xf32>) -> tensor<f32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %84 = stablehlo.add %1, %83 : tensor<1000xf32>
    %85 = stablehlo.add %1, %arg25 : tensor<1000xf32>
    %86 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %87 = stablehlo.add %1, %86 : tensor<1000xf32>
    %88 = stablehlo.broadcast_in_dim %arg6, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %89 = stablehlo.add %1, %88 : tensor<1000xf32>
    %90 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %91 = stablehlo.add %1, %90 : tensor<1000xf32>
    %92 = stablehlo.subtract %91, %72 : tensor<1000xf32>
    %93 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %94 = stablehlo.add %1, %93 : tensor<1000xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %95 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<8x1000xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %96 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<3x1000xf32>
    %97 = stablehlo.broadcast_in_dim %arg8, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %98 = stablehlo.multiply %97, %arg34 : tensor<1000xf32>
    %99 = stablehlo.add %1, %98 : tensor<1000xf32>
    %100 = stablehlo.broadcast_in_dim %arg9, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %101 = stablehlo.multiply %100, %arg34 : tensor<1000xf32>
    %102 = stablehlo.add %1, %101 : tensor<1000xf32>
    %103 = stablehlo.broadcast_in_dim %arg10, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %104 = stablehlo.multiply %103, %arg34 : tensor<1000xf32>
    %105 = stablehlo.add %1, %104 : tensor<1000xf32>
    %106 = stablehlo.broadcast_in_dim %arg11, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %107 = stablehlo.multiply %106, %arg34 : tensor<1000xf32>
    %108 = stablehlo.add %1, %107 : tensor<1000xf32>
    %109 = stablehlo.broadcast_in_dim %arg12, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %110 = stablehlo.multiply %109, %arg34 : tensor<1000xf32>
    %111 = stablehlo.add %1, %110 : tensor<1000xf32>
    %112 = stablehlo.broadcast_in_dim %arg13, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %113 = stablehlo.multiply %112, %arg34 : tensor<1000xf32>
    %114 = stablehlo.add %1, %113 : tensor<1000xf32>
    %115 = stablehlo.broadcast_in_dim %arg14, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %116 = stablehlo.multiply %115, %arg34 : tensor<1000xf32>
    %117 = stablehlo.add %1, %116 : tensor<1000xf32>
    %118 = stablehlo.broadcast_in_dim %arg15, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %119 = stablehlo.add %1, %118 : tensor<1000xf32>
    %120 = stablehlo.broadcast_in_dim %arg16, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %121 = stablehlo.add %1, %120 : tensor<1000xf32>
    %122 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %123 = stablehlo.add %1, %122 : tensor<1000xf32>
    %124 = stablehlo.abs %1 : tensor<1000xf32>
    %125 = stablehlo.add %1, %124 : tensor<1000xf32>
    %cst_13 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %126 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %127 = stablehlo.divide %125, %126 : tensor<1000xf32>
    %cst_14 = stablehlo.constant dense<1.000000e+01> : tensor<f32>
    %128 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %129 = stablehlo.subtract %123, %128 : tensor<1000xf32>
    %130 = stablehlo.abs %129 : tensor<1000xf32>
    %131 = stablehlo.add %129, %130 : tensor<1000xf32>
    %cst_15 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %132 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %133 = stablehlo.divide %131, %132 : tensor<1000xf32>
    %134 = stablehlo.abs %46 : tensor<1000xf32>
    %135 = stablehlo.add %46, %134 : tensor<1000xf32>
    %cst_16 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %136 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %137 = stablehlo.divide %135, %136 : tensor<1000xf32>
    %cst_17 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %138 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %139 = stablehlo.divide %138, %44 : tensor<1000xf32>
    %cst_18 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %140 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %141 = stablehlo.subtract %140, %139 : tensor<1000xf32>
    %cst_19 = stablehlo.constant dense<3.500000e-01> : tensor<f32>
    %142 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %143 = stablehlo.multiply %142, %141 : tensor<1000xf32>
    %cst_20 = stablehlo.constant dense<2.500000e-01> : tensor<f32>
    %144 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %145 = stablehlo.multiply %144, %137 : tensor<1000xf32>
    %cst_21 = stablehlo.constant dense<3.000000e+01> : tensor<f32>
    %146 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %147 = stablehlo.add %137, %146 : tensor<1000xf32>
    %148 = stablehlo.divide %145, %147 : tensor<1000xf32>
    %cst_22 = stablehlo.constant dense<3.000000e-01> : tensor<f32>
    %149 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %150 = stablehlo.multiply %149, %127 : tensor<1000xf32>
    %cst_23 = stablehlo.constant dense<4.000000e+01> : tensor<f32>
    %151 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %152 = stablehlo.add %127, %151 : tensor<1000xf32>
    %153 = stablehlo.divide %150, %152 : tensor<1000xf32>
    %cst_24 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %154 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %155 = stablehlo.multiply %154, %133 : tensor<1000xf32>
    %cst_25 = stablehlo.constant dense<1.000000e+02> : tensor<f32>
    %156 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %157 = stablehlo.add %133, %156 : tensor<1000xf32>
    %158 = stablehlo.divide %155, %157 : tensor<1000xf32>
    %159 = stablehlo.add %143, %148 : tensor<1000xf32>
    %160 = stablehlo.add %159, %153 : tensor<1000xf32>
    %161 = stablehlo.add %160, %158 : tensor<1000xf32>
    %162 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %163 = stablehlo.add %1, %162 : tensor<1000xf32>
    %164 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %165 = stablehlo.add %1, %164 : tensor<1000xf32>
    %cst_26 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %166 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %cst_27 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %167 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<7x1000xf32>
    %cst_28 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %168 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<7x1000xf32>
    %169 = stablehlo.subtract %167, %168 : tensor<7x1000xf32>
    %cst_29 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %170 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %171 = stablehlo.subtract %166, %170 : tensor<1000xf32>
    %cst_30 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %172 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %173 = stablehlo.subtract %166, %172 : tensor<1000xf32>
    %cst_31 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %174 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %175 = stablehlo.subtract %166, %174 : tensor<1000xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %176 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<1000xi32>
    %c_32 = stablehlo.constant dense<-1> : tensor<i32>
    %177 = stablehlo.broadcast_in_dim %c_32, dims = [] : (tensor<i32>) -> tensor<1000xi32>
    %178 = call @_threefry_fold_in(%0, %arg1) : (tensor<2xui32>, tensor<1000xui32>) -> tensor<1000x2xui32>
    %179 = stablehlo.transpose %178, dims = [1, 0] : (tensor<1000x2xui32>) -> tensor<2x1000xui32>
    %180 = stablehlo.divide %85, %arg34 : tensor<1000xf32>
    %cst_33 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %181 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %cst_34 = stablehlo.constant dense<5.000000e+00> : tensor<f32>
    %182 = stablehlo.divide %arg4, %cst_34 : tensor<f32>
    %183 = stablehlo.log %182 : tensor<f32>
    %184 = stablehlo.broadcast_in_dim %183, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %185 = stablehlo.multiply %arg23, %184 : tensor<1000xf32>
    %186 = stablehlo.exponential %185 : tensor<1000xf32>
    %cst_35 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %187 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %188 = stablehlo.subtract %187, %arg18 : tensor<1000xf32>
    %189 = stablehlo.divide %188, %arg19 : tensor<1000xf32>
    %190 = stablehlo.abs %189 : tensor<1000xf32>
    %191 = stablehlo.negate %190 : tensor<1000xf32>
    %192 = stablehlo.exponential %191 : tensor<1000xf32>
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %193 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %194 = stablehlo.maximum %189, %193 : tensor<1000xf32>
    %195 = stablehlo.log_plus_one %192 : tensor<1000xf32>
    %196 = stablehlo.add %194, %195 : tensor<1000xf32>
    %197 = stablehlo.multiply %arg20, %186 : tensor<1000xf32>
    %198 = stablehlo.divide %arg21, %arg22 : tensor<1000xf32>
    %199 = stablehlo.multiply %198, %186 : tensor<1000xf32>
    %cst_37 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %200 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %201 = stablehlo.divide %200, %196 : tensor<1000xf32>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %202 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %203 = stablehlo.maximum %181, %202 : tensor<1000xf32>
    %204 = stablehlo.multiply %199, %203 : tensor<1000xf32>
    %205 = stablehlo.add %197, %204 : tensor<1000xf32>
    %206 = stablehlo.subtract %205, %arg18 : tensor<1000xf32>
    %207 = stablehlo.divide %206, %arg19 : tensor<1000xf32>
    %208 = stablehlo.abs %207 : tensor<1000xf32>
    %209 = stablehlo.negate %208 : tensor<1000xf32>
    %210 = stablehlo.exponential %209 : tensor<1000xf32>
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %211 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %212 = stablehlo.maximum %207, %211 : tensor<1000xf32>
    %213 = stablehlo.log_plus_one %210 : tensor<1000xf32>
    %214 = stablehlo.add %212, %213 : tensor<1000xf32>
    %215 = stablehlo.multiply %214, %201 : tensor<1000xf32>
    %216 = stablehlo.multiply %arg17, %215 : tensor<1000xf32>
    %217 = stablehlo.multiply %216, %215 : tensor<1000xf32>
    %cst_40 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %218 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %219 = stablehlo.add %218, %217 : tensor<1000xf32>
    %220 = stablehlo.multiply %arg24, %215 : tensor<1000xf32>
    %221 = stablehlo.multiply %220, %215 : tensor<1000xf32>
    %222 = stablehlo.abs %181 : tensor<1000xf32>
    %223 = stablehlo.add %181, %222 : tensor<1000xf32>
    %cst_41 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %224 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %225 = stablehlo.divide %223, %224 : tensor<1000xf32>
    %cst_42 = stablehlo.constant dense<1.000000e+01> : tensor<f32>
    %226 = stablehlo.subtract %arg7, %cst_42 : tensor<f32>
    %227 = stablehlo.abs %226 : tensor<f32>
    %228 = stablehlo.add %226, %227 : tensor<f32>
    %cst_43 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %229 = stablehlo.divide %228, %cst_43 : tensor<f32>
    %230 = stablehlo.abs %221 : tensor<1000xf32>
    %231 = stablehlo.add %221, %230 : tensor<1000xf32>
    %cst_44 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %232 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %233 = stablehlo.divide %231, %232 : tensor<1000xf32>
    %cst_45 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %234 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %235 = stablehlo.divide %234, %219 : tensor<1000xf32>
    %cst_46 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %236 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %237 = stablehlo.subtract %236, %235 : tensor<1000xf32>
    %cst_47 = stablehlo.constant dense<3.500000e-01> : tensor<f32>
    %238 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %239 = stablehlo.multiply %238, %237 : tensor<1000xf32>
    %cst_48 = stablehlo.constant dense<2.500000e-01> : tensor<f32>
    %240 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %241 = stablehlo.multiply %240, %233 : tensor<1000xf32>
    %cst_49 = stablehlo.constant dense<3.000000e+01> : tensor<f32>
    %242 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %243 = stablehlo.add %233, %242 : tensor<1000xf32>
    %244 = stablehlo.divide %241, %243 : tensor<1000xf32>
    %cst_50 = stablehlo.constant dense<3.000000e-01> : tensor<f32>
    %245 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %246 = stablehlo.multiply %245, %225 : tensor<1000xf32>
    %cst_51 = stablehlo.constant dense<4.000000e+01> : tensor<f32>
    %247 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %248 = stablehlo.add %225, %247 : tensor<1000xf32>
    %249 = stablehlo.divide %246, %248 : tensor<1000xf32>
    %cst_52 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %250 = stablehlo.multiply %cst_52, %229 : tensor<f32>
    %cst_53 = stablehlo.constant dense<1.000000e+02> : tensor<f32>
    %251 = stablehlo.add %229, %cst_53 : tensor<f32>
    %252 = stablehlo.divide %250, %251 : tensor<f32>
    %253 = stablehlo.add %239, %244 : tensor<1000xf32>
    %254 = stablehlo.add %253, %249 : tensor<1000xf32>
    %255 = stablehlo.broadcast_in_dim %252, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %256 = stablehlo.add %254, %255 : tensor<1000xf32>
    %257 = stablehlo.slice %arg2 [0:1] : (tensor<7xf32>) -> tensor<1xf32>
    %258 = stablehlo.reshape %257 : (tensor<1xf32>) -> tensor<f32>
    %259 = stablehlo.slice %arg2 [2:3] : (tensor<7xf32>) -> tensor<1xf32>
    %260 = stablehlo.reshape %259 : (tensor<1xf32>) -> tensor<f32>
    %261 = stablehlo.slice %arg2 [4:5] : (tensor<7xf32>) -> tensor<1xf32>
    %262 = stablehlo.reshape %261 : (tensor<1xf32>) -> tensor<f32>
    %263 = stablehlo.slice %arg2 [6:7] : (tensor<7xf32>) -> tensor<1xf32>
    %264 = stablehlo.reshape %263 : (tensor<1xf32>) -> tensor<f32>
    %265 = stablehlo.broadcast_in_dim %258, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %266 = stablehlo.add %181, %265 : tensor<1000xf32>
    %267 = stablehlo.broadcast_in_dim %260, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %268 = stablehlo.add %181, %267 : tensor<1000xf32>
    %269 = stablehlo.broadcast_in_dim %262, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %270 = stablehlo.add %181, %269 : tensor<1000xf32>
    %271 = stablehlo.broadcast_in_dim %264, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %272 = stablehlo.add %181, %271 : tensor<1000xf32>
    %cst_54 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %273 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %274 = stablehlo.add %181, %273 : tensor<1000xf32>
    %275 = stablehlo.add %181, %256 : tensor<1000xf32>
    %276 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %277 = stablehlo.add %181, %276 : tensor<1000xf32>
    %278 = stablehlo.add %181, %205 : tensor<1000xf32>
    %279 = stablehlo.broadcast_in_dim %arg4, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %280 = stablehlo.add %181, %279 : tensor<1000xf32>
    %cst_55 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %281 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %282 = stablehlo.add %181, %281 : tensor<1000xf32>
    %cst_56 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %283 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %284 = stablehlo.add %181, %283 : tensor<1000xf32>
    %285 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %286 = stablehlo.add %181, %285 : tensor<1000xf32>
    %cst_57 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %287 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %288 = stablehlo.add %181, %287 : tensor<1000xf32>
    %289 = stablehlo.add %181, %180 : tensor<1000xf32>
    %cst_58 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %290 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %291 = stablehlo.add %181, %290 : tensor<1000xf32>
    %292 = stablehlo.broadcast_in_dim %arg15, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %293 = stablehlo.add %181, %292 : tensor<1000xf32>
    %294 = stablehlo.broadcast_in_dim %arg16, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %295 = stablehlo.add %181, %294 : tensor<1000xf32>
    %cst_59 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %296 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %297 = stablehlo.add %181, %296 : tensor<1000xf32>
    %cst_60 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %298 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %299 = stablehlo.add %181, %298 : tensor<1000xf32>
    %cst_61 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %300 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %301 = stablehlo.add %181, %300 : tensor<1000xf32>
    %cst_62 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %302 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %303 = stablehlo.add %181, %302 : tensor<1000xf32>
    %cst_63 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %304 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %305 = stablehlo.add %181, %304 : tensor<1000xf32>
    %cst_64 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %306 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %307 = stablehlo.add %181, %306 : tensor<1000xf32>
    %cst_65 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %308 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %309 = stablehlo.add %181, %308 : tensor<1000xf32>
    %cst_66 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %310 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %311 = stablehlo.add %181, %310 : tensor<1000xf32>
    %cst_67 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %312 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %313 = stablehlo.add %181, %312 : tensor<1000xf32>
    %cst_68 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %314 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %315 = stablehlo.add %181, %314 : tensor<1000xf32>
    %cst_69 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %316 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %317 = stablehlo.add %181, %316 : tensor<1000xf32>
    %cst_70 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %318 = stablehlo.broadcast_in_dim %cst_70, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %319 = stablehlo.add %181, %318 : tensor<1000xf32>
    %cst_71 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %320 = stablehlo.broadcast_in_dim %cst_71, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %321 = stablehlo.add %181, %320 : tensor<1000xf32>
    %cst_72 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %322 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %323 = stablehlo.add %181, %322 : tensor<1000xf32>
    %cst_73 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %324 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %325 = stablehlo.add %181, %324 : tensor<1000xf32>
    %cst_74 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %326 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %327 = stablehlo.add %181, %326 : tensor<1000xf32>
    %cst_75 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %328 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %329 = stablehlo.add %181, %328 : tensor<1000xf32>
    %cst_76 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %330 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %331 = stablehlo.add %181, %330 : tensor<1000xf32>
    %cst_77 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %332 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %333 = stablehlo.add %181, %332 : tensor<1000xf32>
    %cst_78 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %334 = stablehlo.broadcast_in_dim %cst_78, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %335 = stablehlo.add %181, %334 : tensor<1000xf32>
    %cst_79 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %336 = stablehlo.broadcast_in_dim %cst_79, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %337 = stablehlo.add %181, %336 : tensor<1000xf32>
    %cst_80 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %338 = stablehlo.broadcast_in_dim %cst_80, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %339 = stablehlo.add %181, %338 : tensor<1000xf32>
    %cst_81 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %340 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %341 = stablehlo.add %181, %340 : tensor<1000xf32>
    %cst_82 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %342 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %343 = stablehlo.add %181, %342 : tensor<1000xf32>
    %cst_83 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %344 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %345 = stablehlo.add %181, %344 : tensor<1000xf32>
    %cst_84 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %346 = stablehlo.broadcast_in_dim %cst_84, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %347 = stablehlo.add %181, %346 : tensor<1000xf32>
    %cst_85 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %348 = stablehlo.broadcast_in_dim %cst_85, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %349 = stablehlo.add %181, %348 : tensor<1000xf32>
    %cst_86 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %350 = stablehlo.broadcast_in_dim %cst_86, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %351 = stablehlo.add %181, %350 : tensor<1000xf32>
    %cst_87 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %352 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %353 = stablehlo.add %181, %352 : tensor<1000xf32>
    %cst_88 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %354 = stablehlo.broadcast_in_dim %cst_88, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %355 = stablehlo.add %181, %354 : tensor<1000xf32>
    %cst_89 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %356 = stablehlo.broadcast_in_dim %cst_89, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %357 = stablehlo.add %181, %356 : tensor<1000xf32>
    %cst_90 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %358 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %359 = stablehlo.add %181, %358 : tensor<1000xf32>
    %cst_91 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %360 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f32>) -> tensor<1000xf32>
    %361 = stablehlo.add %181, %360 : tensor<1000xf32>
    %c_92 = stablehlo.constant dense<0> : tensor<ui32>
    return %179, %arg2, %76, %80, %84, %arg3, %1, %1, %85, %1, %1, %6, %87, %89, %92, %94, %1, %1, %1, %1, %1, %1, %6, %95, %96, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %1, %99, %102, %105, %108, %111, %114, %117, %1, %1, %1, %1, %1, %1, %1, %1, %1, %119, %121, %1, %1, %1, %1, %1, %1, %1, %1, %1, %161, %163, %165, %167, %169, %167, %167, %167, %167, %171, %166, %166, %166, %173, %175, %176, %c_92, %177, %343, %341, %293, %295, %297, %291, %289, %357, %278, %274, %355, %275, %347, %337, %284, %339, %282, %286, %335, %351, %361, %349, %309, %299, %317, %305, %313, %311, %301, %307, %303, %315, %359, %329, %319, %331, %321, %323, %333, %325, %327, %277, %345, %288, %270, %266, %272, %268, %280, %353 : tensor<2x1000xui32>, tensor<7xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<3xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<8x1000xf32>, tensor<3x1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<7x1000xf32>, tensor<7x1000xf32>, tensor<7x1000xf32>, tensor<7x1000xf32>, tensor<7x1000xf32>, tensor<7x1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xi32>, tensor<ui32>, tensor<1000xi32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>, tensor<1000xf32>
  }
  func.func private @_threefry_fold_in(%arg0: tensor<2xui32>, %arg1: tensor<1000xui32>) -> tensor<1000x2xui32> {
    %c = stablehlo.constant dense<32> : tensor<ui32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<1000xui32>
    %1 = stablehlo.shift_right_logical %arg1, %0 : tensor<1000xui32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0] : (tensor<1000xui32>) -> tensor<1000x1xui32>
    %c_0 = stablehlo.constant dense<4294967295> : tensor<ui32>
    %3 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<1000xui32>
    %4 = stablehlo.and %arg1, %3 : tensor<1000xui32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<1000xui32>) -> tensor<1000x1xui32>
    %6 = stablehlo.concatenate %2, %5, dim = 1 : (tensor<1000x1xui32>, tensor<1000x1xui32>) -> tensor<1000x2xui32>
    %7 = stablehlo.slice %arg0 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %8 = stablehlo.reshape %7 : (tensor<1xui32>) -> tensor<ui32>
    %9 = stablehlo.slice %arg0 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %10 = stablehlo.reshape %9 : (tensor<1xui32>) -> tensor<ui32>
    %11 = stablehlo.slice %6 [0:1000, 0:1] : (tensor<1000x2xui32>) -> tensor<1000x1xui32>
    %12 = stablehlo.slice %6 [0:1000, 1:2] : (tensor<1000x2xui32>) -> tensor<1000x1xui32>
    %13:2 = call @threefry2x32(%8, %10, %11, %12) : (tensor<ui32>, tensor<ui32>, tensor<1000x1xui32>, tensor<1000x1xui32>) -> (tensor<1000x1xui32>, tensor<1000x1xui32>)
    %14 = stablehlo.concatenate %13#0, %13#1, dim = 1 : (tensor<1000x1xui32>, tensor<1000x1xui32>) -> tensor<1000x2xui32>
    return %14 : tensor<1000x2xui32>
  }
  func.func private @threefry2x32(%arg0: tensor<ui32>, %arg1: tensor<ui32>, %arg2: tensor<1000x1xui32>, %arg3: tensor<1000x1xui32>) -> (tensor<1000x1xui32>, tensor<1000x1xui32>) {
    %c = stablehlo.constant dense<[13, 15, 26, 6]> : tensor<4xui32>
    %c_0 = stablehlo.constant dense<[17, 29, 16, 24]> : tensor<4xui32>
    %0 = stablehlo.xor %arg0, %arg1 : tensor<ui32>
    %c_1 = stablehlo.constant dense<466688986> : tensor<ui32>
    %1 = stablehlo.xor %0, %c_1 : tensor<ui32>
    %2 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %3 = stablehlo.add %arg2, %2 : tensor<1000x1xui32>
    %4 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %5 = stablehlo.add %arg3, %4 : tensor<1000x1xui32>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %c_3 = stablehlo.constant dense<0> : tensor<i64>
    %6:9 = stablehlo.while(%iterArg = %c_3, %iterArg_4 = %c_2, %iterArg_5 = %3, %iterArg_6 = %5, %iterArg_7 = %arg1, %iterArg_8 = %1, %iterArg_9 = %arg0, %iterArg_10 = %c, %iterArg_11 = %c_0) : tensor<i64>, tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
    cond {
      %c_12 = stablehlo.constant dense<5> : tensor<i64>
      %7 = stablehlo.compare LT, %iterArg, %c_12, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %7 : tensor<i1>
    } do {
      %7:8 = func.call @closed_call(%iterArg_4, %iterArg_5, %iterArg_6, %iterArg_7, %iterArg_8, %iterArg_9, %iterArg_10, %iterArg_11) : (tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) -> (tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>)
      %c_12 = stablehlo.constant dense<1> : tensor<i64>
      %8 = stablehlo.add %iterArg, %c_12 : tensor<i64>
      stablehlo.return %8, %7#0, %7#1, %7#2, %7#3, %7#4, %7#5, %7#6, %7#7 : tensor<i64>, tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
    }
    return %6#2, %6#3 : tensor<1000x1xui32>, tensor<1000x1xui32>
  }
  func.func private @closed_call(%arg0: tensor<i64>, %arg1: tensor<1000x1xui32>, %arg2: tensor<1000x1xui32>, %arg3: tensor<ui32>, %arg4: tensor<ui32>, %arg5: tensor<ui32>, %arg6: tensor<4xui32>, %arg7: tensor<4xui32>) -> (tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg0, %c : tensor<i64>
    %1 = stablehlo.slice %arg6 [0:1] : (tensor<4xui32>) -> tensor<1xui32>
    %2 = stablehlo.reshape %1 : (tensor<1xui32>) -> tensor<ui32>
    %3 = stablehlo.add %arg1, %arg2 : tensor<1000x1xui32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %5 = stablehlo.shift_left %arg2, %4 : tensor<1000x1xui32>
    %c_0 = stablehlo.constant dense<32> : tensor<ui32>
    %6 = stablehlo.subtract %c_0, %2 : tensor<ui32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %8 = stablehlo.shift_right_logical %arg2, %7 : tensor<1000x1xui32>
    %9 = stablehlo.or %5, %8 : tensor<1000x1xui32>
    %10 = stablehlo.xor %3, %9 : tensor<1000x1xui32>
    %11 = stablehlo.slice %arg6 [1:2] : (tensor<4xui32>) -> tensor<1xui32>
    %12 = stablehlo.reshape %11 : (tensor<1xui32>) -> tensor<ui32>
    %13 = stablehlo.add %3, %10 : tensor<1000x1xui32>
    %14 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %15 = stablehlo.shift_left %10, %14 : tensor<1000x1xui32>
    %c_1 = stablehlo.constant dense<32> : tensor<ui32>
    %16 = stablehlo.subtract %c_1, %12 : tensor<ui32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %18 = stablehlo.shift_right_logical %10, %17 : tensor<1000x1xui32>
    %19 = stablehlo.or %15, %18 : tensor<1000x1xui32>
    %20 = stablehlo.xor %13, %19 : tensor<1000x1xui32>
    %21 = stablehlo.slice %arg6 [2:3] : (tensor<4xui32>) -> tensor<1xui32>
    %22 = stablehlo.reshape %21 : (tensor<1xui32>) -> tensor<ui32>
    %23 = stablehlo.add %13, %20 : tensor<1000x1xui32>
    %24 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %25 = stablehlo.shift_left %20, %24 : tensor<1000x1xui32>
    %c_2 = stablehlo.constant dense<32> : tensor<ui32>
    %26 = stablehlo.subtract %c_2, %22 : tensor<ui32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %28 = stablehlo.shift_right_logical %20, %27 : tensor<1000x1xui32>
    %29 = stablehlo.or %25, %28 : tensor<1000x1xui32>
    %30 = stablehlo.xor %23, %29 : tensor<1000x1xui32>
    %31 = stablehlo.slice %arg6 [3:4] : (tensor<4xui32>) -> tensor<1xui32>
    %32 = stablehlo.reshape %31 : (tensor<1xui32>) -> tensor<ui32>
    %33 = stablehlo.add %23, %30 : tensor<1000x1xui32>
    %34 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %35 = stablehlo.shift_left %30, %34 : tensor<1000x1xui32>
    %c_3 = stablehlo.constant dense<32> : tensor<ui32>
    %36 = stablehlo.subtract %c_3, %32 : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %38 = stablehlo.shift_right_logical %30, %37 : tensor<1000x1xui32>
    %39 = stablehlo.or %35, %38 : tensor<1000x1xui32>
    %40 = stablehlo.xor %33, %39 : tensor<1000x1xui32>
    %41 = stablehlo.broadcast_in_dim %arg3, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %42 = stablehlo.add %33, %41 : tensor<1000x1xui32>
    %43 = stablehlo.broadcast_in_dim %arg4, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %44 = stablehlo.add %40, %43 : tensor<1000x1xui32>
    %c_4 = stablehlo.constant dense<1> : tensor<i64>
    %45 = stablehlo.add %arg0, %c_4 : tensor<i64>
    %46 = stablehlo.convert %45 : (tensor<i64>) -> tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<1000x1xui32>
    %48 = stablehlo.add %44, %47 : tensor<1000x1xui32>
    return %0, %42, %48, %arg4, %arg5, %arg3, %arg7, %arg6 : tensor<i64>, tensor<1000x1xui32>, tensor<1000x1xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
  }
}
