"""Headless Chromium over a pipe, as far as the tests of the HTML report and
the screenshots need it. No package beside Python and Chromium."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def find():
    """The program, or None: not there, or we are in a pipeline."""
    if os.environ.get("CI"):
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One window with one page. Messages and requests are collected."""

    def __init__(self, width=1280, height=900, scale=1, dark=False,
                 script=True):
        self.folder = tempfile.mkdtemp(prefix="rw-chromium-")
        self.next, self.buffer = 0, b""
        self.messages, self.requests, self.events = [], [], []
        self._start()
        target = self.call("Target.createTarget", url="about:blank",
                           session=None)
        self.session = self.call("Target.attachToTarget", session=None,
                                 targetId=target["targetId"],
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=scale,
                  mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme",
             "value": "dark" if dark else "light"}])
        if not script:
            self.call("Emulation.setScriptExecutionDisabled", value=True)

    def _start(self):
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4
        keep = (os.dup(to_read), os.dup(to_write))
        command = ["bash", "-c",
                   f'exec "$@" 3<&{keep[0]} 4>&{keep[1]}', "bash",
                   find(), "--headless", "--no-sandbox", "--disable-gpu",
                   "--hide-scrollbars", "--no-first-run",
                   "--disable-background-networking",
                   "--disable-component-update",
                   "--user-data-dir=" + self.folder,
                   "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(
            command, pass_fds=keep, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=self.folder))
        for fd in (to_read, to_write, *keep):
            os.close(fd)

    def close(self):
        try:
            self.call("Browser.close", session=None)
            self.process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.write)
        os.close(self.read)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _message(self, seconds):
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [],
                                 max(0, end - time.monotonic()))[0]:
                raise RuntimeError("no answer from Chromium")
            got = os.read(self.read, 1 << 20)
            if not got:
                raise RuntimeError("Chromium ended")
            self.buffer += got
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def _note(self, event):
        params = event.get("params", {})
        name = event.get("method")
        if name == "Log.entryAdded":
            self.messages.append(params["entry"]["text"])
        elif name == "Runtime.consoleAPICalled":
            self.messages.append(str(params["args"]))
        elif name == "Runtime.exceptionThrown":
            self.messages.append(str(params["exceptionDetails"]))
        elif name == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        self.events.append(name)

    def call(self, method, session=0, seconds=60, **params):
        """The answer to a command, to the page unless session is None."""
        self.next += 1
        message = {"id": self.next, "method": method, "params": params}
        if session == 0:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data):]
        while True:
            answer = self._message(seconds)
            if answer.get("id") == self.next:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def open(self, path):
        """Loads a file; the seconds until it was loaded and drawn."""
        self.events.clear()
        start = time.monotonic()
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while "Page.loadEventFired" not in self.events:
            self._note(self._message(60))
        self.call("Page.captureScreenshot", format="jpeg", quality=1)
        return time.monotonic() - start

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression,
                           returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def screenshot(self, path, clip=None, whole=True):
        more = {"clip": clip} if clip else {}
        data = self.call("Page.captureScreenshot", format="png",
                         captureBeyondViewport=whole, **more)["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def size(self):
        box = self.call("Page.getLayoutMetrics")["cssContentSize"]
        return int(box["width"]), int(box["height"])

    def pdf(self):
        return base64.b64decode(self.call(
            "Page.printToPDF", preferCSSPageSize=True,
            printBackground=True)["data"])
