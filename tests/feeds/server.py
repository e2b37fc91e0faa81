#!/usr/bin/env python3
"""A server that speaks the services' shapes over real sockets, and breaks in
every way that was ever seen: what the tests of `ranwhence update` talk to.

Each service is a file service_NAME.py beside this one with

    def handle(request):        # -> Response, or None for 404

and answers below /NAME/. In a test:

    with Server() as s:                         # or Server(tls=Certificates(d))
        s.fault("/gleif/", "truncate", times=1)
        ... s.url("gleif") ... s.requests ...

By hand: python3 tests/feeds/server.py [--port N] prints a configuration file
for `ranwhence update --config` and serves until it is interrupted.
"""
import glob
import gzip
import hashlib
import http.server
import importlib.util
import json
import os
import socketserver
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))


class Response:
    def __init__(self, body=b"", status=200, headers=(), kind=None):
        if isinstance(body, (dict, list)):
            body, kind = json.dumps(body).encode(), kind or "application/json"
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.headers = status, list(headers)
        self.kind = kind or "application/octet-stream"


class Request:
    """What a service sees: path below its own, query, headers, body."""

    def __init__(self, server, method, target, headers, body):
        parts = urllib.parse.urlsplit(target)
        self.server, self.method, self.target = server, method, target
        self.headers, self.body = headers, body
        name, _, rest = parts.path.lstrip("/").partition("/")
        self.service, self.path = name, rest
        self.query = {k: v[-1] for k, v in urllib.parse.parse_qs(
            parts.query, keep_blank_values=True).items()}
        self.base = f"{server.base}/{name}"


def services():
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, "service_*.py"))):
        name = os.path.basename(path)[len("service_"):-3]
        spec = importlib.util.spec_from_file_location("service_" + name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found[name] = module
    return found


class Certificates:
    """A test CA and what it signed, made in a folder by openssl."""

    def __init__(self, folder):
        self.folder = folder
        self.ca = self.path("ca.pem")
        self.openssl("req", "-x509", *self.key("ca"), "-out", self.ca,
                     "-days", "2", "-subj", "/CN=test CA")
        self.make("good", "DNS:localhost,IP:127.0.0.1", 2)
        self.make("expired", "DNS:localhost,IP:127.0.0.1", -1)
        self.make("other", "DNS:elsewhere.example", 2)

    def path(self, name):
        return os.path.join(self.folder, name)

    def key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", self.path(name + ".key")]

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def make(self, name, names, days):
        request, names_file = self.path(name + ".csr"), self.path("names")
        with open(names_file, "w", encoding="utf-8") as f:
            f.write("subjectAltName=" + names)
        self.openssl("req", *self.key(name), "-out", request, "-subj",
                     "/CN=" + name)
        self.openssl("x509", "-req", "-in", request, "-CA", self.ca,
                     "-CAkey", self.path("ca.key"), "-CAcreateserial",
                     "-days", str(days), "-extfile", names_file, "-out",
                     self.path(name + ".pem"))

    def context(self, name):
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        c.load_cert_chain(self.path(name + ".pem"), self.path(name + ".key"))
        return c


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve()

    def do_POST(self):
        self.serve()

    def serve(self):
        server = self.server.owner
        n = int(self.headers.get("Content-Length") or 0)
        request = Request(server, self.command, self.path, self.headers,
                          self.rfile.read(n))
        fault = server.take_fault(request)
        module = server.services.get(request.service)
        response = module.handle(request) if module else None
        response = response or Response({"error": "not found"}, 404)
        if fault:
            name, argument = fault
            getattr(self, "fault_" + name)(response, argument)
        else:
            self.answer(response)

    def answer(self, r):
        tag = '"' + hashlib.sha1(r.body).hexdigest()[:16] + '"'
        names = {k.lower() for k, _ in r.headers}
        if r.status == 200 and "etag" not in names:
            r.headers.append(("ETag", tag))
        if r.status == 200 and self.headers.get("If-None-Match") == tag:
            return self.write(304, r.headers, b"")
        asked = self.headers.get("Range")
        if r.status == 200 and asked and \
                self.headers.get("If-Range", tag) == tag:
            return self.part(r, int(asked[len("bytes="):].split("-")[0]))
        body = r.body
        if "gzip" in self.headers.get("Accept-Encoding", "") and \
                len(body) > 200 and "content-encoding" not in names:
            body = gzip.compress(body, 1)
            r.headers.append(("Content-Encoding", "gzip"))
        return self.write(r.status, r.headers + [("Content-Type", r.kind)],
                          body)

    def part(self, r, first):
        n = len(r.body)
        if first >= n:
            return self.write(416, [("Content-Range", f"bytes */{n}")], b"")
        return self.write(206, r.headers + [
            ("Content-Range", f"bytes {first}-{n - 1}/{n}")], r.body[first:])

    def head(self, status, headers, version="HTTP/1.1"):
        lines = [f"{version} {status} x"] + [f"{k}: {v}" for k, v in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def write(self, status, headers, body):
        if status != 304:
            headers = headers + [("Content-Length", str(len(body)))]
        self.wfile.write(self.head(status, headers) + body)

    def leave(self, data=b""):
        """Sends bytes and goes away."""
        self.close_connection = True
        if data:
            self.wfile.write(data)

    # --- what may go wrong: (the right answer, an argument of the test) ----

    def fault_status(self, _, status):
        self.write(status, [], b"<html>no</html>")

    def fault_retry_after(self, _, value):
        self.write(429, [("Retry-After", str(value))], b"")

    def fault_spent(self, _, seconds):
        self.write(403, [("X-RateLimit-Remaining", "0"), (
            "X-RateLimit-Reset", str(int(time.time()) + seconds))], b"")

    def fault_last(self, r, seconds):
        """The right answer, and no more for a while."""
        r.headers += [("X-RateLimit-Remaining", "0"), (
            "X-RateLimit-Reset", str(int(time.time()) + seconds))]
        self.answer(r)

    def fault_redirect(self, _, to):
        self.write(302, [("Location", to)], b"")

    def fault_truncate(self, r, _):
        self.leave(self.head(200, [("Content-Length", len(r.body)),
                                   ("ETag", '"%s"' % hashlib.sha1(
                                       r.body).hexdigest()[:16])])
                   + r.body[:len(r.body) // 2])

    def fault_no_length(self, r, _):
        self.leave(self.head(200, [], "HTTP/1.0")
                   + r.body[:len(r.body) // 2])

    def fault_short_length(self, r, _):
        self.leave(self.head(200, [("Content-Length", len(r.body) // 2)])
                   + r.body)

    def fault_chunk_cut(self, r, _):
        self.leave(self.head(200, [("Transfer-Encoding", "chunked")])
                   + b"%x\r\n" % len(r.body) + r.body[:len(r.body) // 2])

    def fault_slow(self, r, _):
        self.wfile.write(self.head(200, [("Content-Length", len(r.body))]))
        try:
            for i in range(100):
                self.leave(r.body[i:i + 1])
                time.sleep(0.1)
        except OSError:
            pass

    def fault_stall_inside(self, r, seconds):
        """The head and half of the body, then silence."""
        self.leave(self.head(200, [("Content-Length", len(r.body))])
                   + r.body[:len(r.body) // 2])
        self.server.owner.stopping.wait(seconds or 5)

    def fault_same(self, _r, _):
        """304 to whoever did not ask for it."""
        self.write(304, [], b"")

    def fault_cut_gzip(self, r, _):
        body = gzip.compress(r.body, 1)
        self.write(200, [("Content-Encoding", "gzip")],
                   body[:len(body) // 2])

    def fault_encoding(self, r, name):
        self.write(200, [("Content-Encoding", name)], r.body)

    def fault_unavailable(self, _r, value):
        self.write(503, [("Retry-After", str(value))], b"")

    def fault_part(self, r, _):
        """Half of it as if that had been asked for."""
        n = len(r.body)
        self.write(206, [("Content-Range", f"bytes 0-{n // 2 - 1}/{n}")],
                   r.body[:n // 2])

    def fault_two_lengths(self, r, _):
        self.leave(self.head(200, [("Content-Length", len(r.body)),
                                   ("Content-Length", 5)]) + r.body)

    def fault_stall(self, _r, seconds):
        self.close_connection = True
        self.server.owner.stopping.wait(seconds or 5)

    def fault_reset(self, _r, _):
        self.close_connection = True
        self.connection.shutdown(2)

    def fault_headers(self, _r, _):
        try:
            self.leave(b"HTTP/1.1 200 x\r\n")
            for i in range(40000):
                self.wfile.write(b"X-%d: %s\r\n" % (i, b"x" * 80))
        except OSError:
            pass

    def fault_garbage(self, r, _):
        r.body = hashlib.sha512(r.body).digest() * 20
        self.answer(r)

    def fault_not_http(self, _r, _):
        self.leave(b"\0\1\2\3 this is no HTTP\r\n\r\n")

    def fault_login(self, r, _):
        r.body = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
        r.kind = "text/html"
        self.answer(r)

    def fault_empty(self, r, _):
        r.body = b""
        self.answer(r)

    def fault_body(self, r, body):
        r.body = body
        self.answer(r)

    def fault_json(self, r, value):
        r.body = json.dumps(value).encode()
        self.answer(r)

    def fault_bomb(self, _r, megabytes):
        body = gzip.compress(bytes((megabytes or 64) << 20), 6)
        self.write(200, [("Content-Encoding", "gzip")], body)

    def fault_bad_gzip(self, r, _):
        self.write(200, [("Content-Encoding", "gzip")], r.body)

    def fault_endless(self, _r, _):
        self.leave(self.head(200, [("Transfer-Encoding", "chunked")]))
        try:
            for _ in range(4000):
                self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")
        except OSError:
            pass


class Threads(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # no look-up of its name


class Server:
    def __init__(self, tls=None, certificate="good", port=0,
                 host="127.0.0.1"):
        self.services = services()
        self.faults, self.requests = [], []
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.http = Threads(("127.0.0.1", port), Handler)
        self.http.owner = self
        if tls:
            self.http.socket = tls.context(certificate).wrap_socket(
                self.http.socket, server_side=True,
                do_handshake_on_connect=False)
        self.base = "%s://%s:%d" % ("https" if tls else "http", host,
                                    self.http.server_address[1])
        self.state = {}  # of the services, for tests to set

    def __enter__(self):
        self.thread = threading.Thread(
            target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.http.shutdown()
        self.http.server_close()

    def url(self, service):
        return f"{self.base}/{service}"

    def fault(self, prefix, name, argument=None, times=10 ** 9):
        """The next `times` requests of targets with this prefix go wrong."""
        with self.lock:
            self.faults.append([prefix, name, argument, times])

    def clear(self):
        with self.lock:
            self.faults.clear()
            self.requests.clear()

    def take_fault(self, request):
        with self.lock:
            self.requests.append((time.monotonic(), request))
            for f in self.faults:
                if request.target.startswith(f[0]) and f[3] > 0:
                    f[3] -= 1
                    return f[1], f[2]
        return None

    def configuration(self, *extra):
        """A configuration file that leads every service here; of `extra`
        what is said of fetching stands in the place of what is usual."""
        usual = ["backoff = 5ms", "connect-time = 2s", "stall-time = 2s",
                 "time = 5s", "tries = 2"]
        said = {line.split(" = ")[0] for line in extra}
        lines = ["[fetch]"]
        lines += [u for u in usual if u.split(" = ")[0] not in said]
        lines += extra
        for name in sorted(self.services):
            lines += [f"[feed {name}]", f"url = {self.url(name)}",
                      "rate = 1000/s"]
            lines += getattr(self.services[name], "SETTINGS", [])
        return "\n".join(lines) + "\n"


def main():
    port = int(sys.argv[2]) if sys.argv[1:2] == ["--port"] else 0
    with Server(port=port) as server:
        print(server.configuration(), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
