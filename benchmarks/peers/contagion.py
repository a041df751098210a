"""The gradient of examples/Epidemic.java, or of benchmarks/peers/Contagion.java in any size, in JAX: as a competent user
writes it, a scan of vector-Jacobian products, compiled, one thread, float64.

    python contagion.py epidemic|STATESxACTIONS [INNER_STEPS [REPETITIONS]]

Prints objective, gradient norm, and the median of milliseconds a gradient.
"""
import os, sys, time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import jax, jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

SIZE = sys.argv[1]
T = int(sys.argv[2]) if len(sys.argv) > 2 else 100
REPETITIONS = int(sys.argv[3]) if len(sys.argv) > 3 else 200
H, ETA, TAU = 30, 0.1, 0.05

if SIZE == "epidemic":
    S, A, INFECTION, RECOVERY = 3, 3, 0.9, 0.1
    OUT = np.array([1, 0.5, 0.1])
    PLEASURE = np.array([[1, 0.7, 0.2], [-1, -1.2, -1.5], [1, 0.7, 0.2]])
    HOME = np.array([[0, 0.5, 0.9], [0, 0.5, 0.9], [0, 0, 0]])
    STAY = np.zeros((S, A, S))
    MOVE = np.zeros((S, A, S))
    STAY[0, :, 0] = STAY[2, :, 2] = 1
    STAY[1, :, 1], STAY[1, :, 2] = 1 - RECOVERY, RECOVERY
    MOVE[0, :, 0], MOVE[0, :, 1] = -INFECTION * OUT, INFECTION * OUT
    MU0 = jnp.array([0.95, 0.05, 0])
    SUBSIDIES = (H, A)
else:
    S, A = map(int, SIZE.split("x"))
    rows = lambda i, j: (lambda p: p / p.sum(-1, keepdims=True))(
        1 + np.cos(i * np.arange(S * A)[:, None] + j * np.arange(S))).reshape(S, A, S)
    OUT = 1 - 0.9 * np.arange(A) / (A - 1)
    PLEASURE = np.cos(np.arange(S))[:, None] * OUT
    HOME = np.tile(1 - OUT, (S, 1))
    STAY = rows(1.3, 2.1)
    MOVE = rows(0.7, -1.7) - STAY
    MU0 = jnp.full(S, 1 / S)
    SUBSIDIES = (H, S)


def flow(pi):
    def play(mu, p):
        L = mu[:, None] * p
        kernel = STAY + (L[1] @ OUT) * MOVE
        return jnp.einsum("sa,sat->t", L, kernel), (L, kernel)

    return jax.lax.scan(play, MU0, pi)[1]


def step(theta, zeta):
    pi, log = jax.nn.softmax(zeta), jax.nn.log_softmax(zeta)
    _, kernels = flow(pi)
    bonus = -TAU * (pi * log).sum(-1)

    def back(value, round):
        p, kernel, subsidy, b = round
        q = PLEASURE + subsidy[:, None] * HOME + kernel @ value
        return (p * q).sum(-1) + b, q

    q = jax.lax.scan(back, jnp.zeros(S), (pi, kernels, theta, bonus), reverse=True)[1]
    return (1 - ETA * TAU) * zeta + ETA * q


def objective(theta, zeta):
    flows, _ = flow(jax.nn.softmax(zeta))
    return -flows[:, 1].sum() - 0.01 * (theta**2).sum()


@jax.jit
def gradient(theta):
    last, zetas = jax.lax.scan(lambda z, _: (step(theta, z), z), jnp.zeros((H, S, A)), None, T)
    value, (by_theta, cotangent) = jax.value_and_grad(objective, (0, 1))(theta, last)

    def back(carry, zeta):
        total, a = carry
        by_theta, a = jax.vjp(step, theta, zeta)[1](a)
        return (total + by_theta, a), None

    (total, _), _ = jax.lax.scan(back, (by_theta, cotangent), zetas, reverse=True)
    return value, total


theta = jnp.zeros(SUBSIDIES)
value, slope = jax.block_until_ready(gradient(theta))
times = []
for _ in range(REPETITIONS):
    start = time.perf_counter()
    jax.block_until_ready(gradient(theta))
    times.append(1000 * (time.perf_counter() - start))
print("objective %.12f norm %.9f median %.3f ms" % (value, jnp.linalg.norm(slope), np.median(times)))
