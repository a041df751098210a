"""The gradient of A1 (AMID Alg. 1) in JAX or PyTorch, as a competent user writes it: the adjoint, one vector-Jacobian product of a
step after the other, one thread. JAX compiles it, with rounds and steps in scans; PyTorch compiles a step if asked to.

    python auction.py weights H FILE.npz                 a design to start all from
    python auction.py jax|torch|torch-compiled H FILE.npz [REPETITIONS [INNER_STEPS]]

PRECISION is float32 or float64. Prints objective, gradient norm, and the median of milliseconds a gradient: without the first, if there
are repetitions.
"""
import os, sys, time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

HOW, H, FILE = sys.argv[1], int(sys.argv[2]), sys.argv[3]
REPETITIONS = int(sys.argv[4]) if len(sys.argv) > 4 else 10
T = int(sys.argv[5]) if len(sys.argv) > 5 else 400
A, HIDDEN, SUPPLY, ETA, TAU = 100, 256, 0.8, 10, 1e-3
FLOAT = np.dtype(os.environ.get("PRECISION", "float32"))
VALUES = np.arange(A, dtype=FLOAT) / A
START = np.full(A, 1 / A, FLOAT)
INPUTS = H + A + 1
SHAPES = dict(W1=(HIDDEN, INPUTS), b1=(HIDDEN,), W2=(HIDDEN, HIDDEN), b2=(HIDDEN,), V2=(HIDDEN, INPUTS), c2=(HIDDEN,),
              W3=(HIDDEN, HIDDEN), b3=(HIDDEN,), wg=(1, HIDDEN), bg=(1,), W4=(A - 1, HIDDEN), b4=(A - 1,))


def weights():
    random, made, inputs = np.random.default_rng(1), {}, 1
    for name, shape in SHAPES.items():
        inputs = shape[1] if len(shape) == 2 else inputs
        made[name] = random.uniform(-1, 1, shape).astype(np.float32) / np.float32(np.sqrt(inputs))
    np.savez(FILE, **made)


def measure(gradient):
    times = []
    for _ in range(1 + REPETITIONS):
        start = time.perf_counter()
        objective, parts = gradient()
        times.append(1000 * (time.perf_counter() - start))
    norm = np.sqrt(sum((np.asarray(part, np.float64) ** 2).sum() for part in parts))
    print("objective %.12f norm %.12f median %.3f" % (objective, norm, np.median(times[1:] or times)))


def with_jax():
    import jax, jax.numpy as jnp
    from jax import lax

    jax.config.update("jax_enable_x64", FLOAT == "float64")

    def offer(net, h, nu, left):
        x = jnp.concatenate((jax.nn.one_hot(h, H), nu, left[None]))
        x1 = jax.nn.relu(net["W1"] @ x + net["b1"])
        x2 = jax.nn.relu(net["W2"] @ x1 + net["b2"]) + net["V2"] @ x + net["c2"]
        x3 = jax.nn.relu(net["W3"] @ x2 + net["b3"])
        share = jax.nn.sigmoid(net["wg"] @ x3 + net["bg"])[0]
        steps = jax.nn.softplus(net["W4"] @ x3 + net["b4"])
        return left * share, jnp.concatenate((jnp.zeros(1), jnp.cumsum(steps) / A))

    def play(net, zeta):
        policy = jax.nn.softmax(zeta)

        def sell(state, inputs):
            h, pi = inputs
            mu, left = state
            nu = mu @ pi
            offered, p = offer(net, h, nu, left)
            goods = jnp.minimum(jnp.minimum(offered, left), nu.sum())
            above = jnp.cumsum(nu[::-1])[::-1] - nu
            some = (above < goods) & (goods < above + nu)
            win = jnp.where(some, (goods - above) / jnp.where(some, nu, 1), (goods > above).astype(nu.dtype))
            win = jnp.where(goods >= nu.sum(), 1.0, win)
            return (mu * (pi @ (1 - win)), left - goods), (nu, win, p)
        return policy, lax.scan(sell, (START, jnp.asarray(SUPPLY, FLOAT)), (jnp.arange(H), policy))[1]

    def step(net, zeta):
        policy, (_, win, p) = play(net, zeta)
        entropy = -TAU * (policy * jax.nn.log_softmax(zeta)).sum(-1)

        def value(later, inputs):
            pi, extra, x, pay = inputs
            q = x * (VALUES[:, None] - pay) + (1 - x) * later[:, None]
            return (pi * q).sum(-1) + extra, q
        _, q = lax.scan(value, jnp.zeros(A), (policy, entropy, win, p), reverse=True)
        return (1 - ETA * TAU) * zeta + ETA * q

    def revenue(net, zeta):
        _, (nu, win, p) = play(net, zeta)
        return (nu * win * p).sum()

    @jax.jit
    def gradient(net):
        last, kept = lax.scan(lambda z, _: (step(net, z), z), jnp.zeros((H, A, A)), None, length=T)
        objective, (slope, cotangent) = jax.value_and_grad(revenue, (0, 1))(net, last)

        def back(carry, zeta):
            total, cotangent = carry
            part, cotangent = jax.vjp(step, net, zeta)[1](cotangent)
            return (jax.tree.map(jnp.add, total, part), cotangent), None
        (slope, _), _ = lax.scan(back, (slope, cotangent), kept, reverse=True)
        return objective, slope

    net = {name: jnp.asarray(part, FLOAT) for name, part in np.load(FILE).items()}

    def run():
        objective, slope = jax.block_until_ready(gradient(net))
        return float(objective), list(slope.values())
    measure(run)


def with_torch(compiled=False):
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)
    torch.set_default_dtype(getattr(torch, FLOAT.name))
    values, zero = torch.from_numpy(VALUES)[:, None], torch.zeros(1)
    rounds = torch.eye(H)
    net = {name: torch.from_numpy(part.astype(FLOAT)).requires_grad_() for name, part in np.load(FILE).items()}
    parameters = list(net.values())

    def offer(h, nu, left):
        x = torch.cat((rounds[h], nu, left))
        x1 = torch.relu(net["W1"] @ x + net["b1"])
        x2 = torch.relu(net["W2"] @ x1 + net["b2"]) + net["V2"] @ x + net["c2"]
        x3 = torch.relu(net["W3"] @ x2 + net["b3"])
        share = torch.sigmoid(net["wg"] @ x3 + net["bg"])
        return left * share, torch.cat((zero, torch.cumsum(F.softplus(net["W4"] @ x3 + net["b4"]), 0) / A))

    def play(zeta):
        policy = torch.softmax(zeta, -1)
        mu, left, sales = torch.from_numpy(START), torch.full((1,), SUPPLY), []
        for h in range(H):
            nu = mu @ policy[h]
            offered, p = offer(h, nu, left)
            demand = nu.sum()
            goods = torch.minimum(torch.minimum(offered, left), demand)
            above = nu.flip(0).cumsum(0).flip(0) - nu
            some = (above < goods) & (goods < above + nu)
            win = torch.where(some, (goods - above) / torch.where(some, nu, 1.0), (goods > above).to(nu.dtype))
            win = torch.where(goods >= demand, 1.0, win)
            mu, left = mu * (policy[h] @ (1 - win)), left - goods
            sales.append((nu, win, p))
        return policy, sales

    def step(zeta):
        policy, sales = play(zeta)
        entropy = -TAU * (policy * torch.log_softmax(zeta, -1)).sum(-1)
        later, all_q = torch.zeros(A), [None] * H
        for h in reversed(range(H)):
            _, win, p = sales[h]
            all_q[h] = win * (values - p) + (1 - win) * later[:, None]
            later = (policy[h] * all_q[h]).sum(-1) + entropy[h]
        return (1 - ETA * TAU) * zeta + ETA * torch.stack(all_q)

    if compiled:
        step = torch.compile(step)

    def run():
        zeta, kept = torch.zeros(H, A, A), []
        with torch.no_grad():
            for _ in range(T):
                kept.append(zeta)
                zeta = step(zeta)
        zeta.requires_grad_()
        _, sales = play(zeta)
        objective = sum((nu * win * p).sum() for nu, win, p in sales)
        *slope, cotangent = torch.autograd.grad(objective, parameters + [zeta])
        for zeta in reversed(kept):
            zeta.requires_grad_()
            *part, cotangent = torch.autograd.grad(step(zeta), parameters + [zeta], cotangent)
            torch._foreach_add_(slope, part)
        return objective.item(), slope
    measure(run)


{"weights": weights, "jax": with_jax, "torch": with_torch, "torch-compiled": lambda: with_torch(True)}[HOW]()
