"""What bench/peers/compare and bench/peers/agree share: the programs beside passalong, kept running and asked by the line."""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's, for which its packages are


def tell(*words):
    print(*words, file=sys.stderr, flush=True)


class Runner:
    """A program that holds a network and answers a request a line."""

    def __init__(self, name, *command):
        self.name = name
        self.process = subprocess.Popen([str(c) for c in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"error: {self.name} ended without an answer")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def build_igraph(folder):
    """The program, or None where igraph's library is not installed."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "igraph"], capture_output=True, text=True)
    if flags.returncode:
        return None
    program = folder / "igraph_peer"
    subprocess.run(["cc", "-O3", "-march=native", HERE / "igraph_peer.c", "-o", program, *flags.stdout.split()], check=True)
    return program


def has_graph_tool():
    return subprocess.run([PYTHON, "-c", "import graph_tool"], capture_output=True).returncode == 0


def graph_tool(file, accounts, threads):
    return Runner("graph-tool", PYTHON, HERE / "graph_tool_peer.py", file, accounts, threads)


def ask_graph_tool(runner, model, **request):
    return runner.ask(json.dumps({"model": model, **request}))


def tell_missing(missing):
    for name, package in missing:
        tell(f"{name} is not installed and was not compared: apt-get install {package}, or scripts/install_dependencies --peers")
