"""Small SBOMs whose supplier the facts of the tests know."""
import json
import os

LIBS = [{"bom-ref": f"c{i}", "type": "library", "name": f"lib{i}",
         "version": "1", "supplier": {"name": "Acme"}} for i in range(3)]


def document(*more, **keys):
    """CycloneDX 1.5 with three sound components and more."""
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": {"component": {
                "bom-ref": "r", "type": "application", "name": "product",
                "version": "1", "supplier": {"name": "Acme"}}},
            "components": LIBS + list(more),
            "dependencies": [{"ref": "r", "dependsOn": ["c0", "c1", "c2"]}],
            **keys}


def text(*more, **keys):
    return json.dumps(document(*more, **keys))


def spoiled(old, new):
    """The sound text with one thing replaced, which must be there."""
    whole = text()
    assert old in whole
    return whole.replace(old, new, 1)


def file(name, content):
    """Makes a file of this content, which a function may make."""
    def make(folder):
        data = content() if callable(content) else content
        path = os.path.join(folder, name)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else
                    data.encode("utf-8", "surrogatepass"))
        return path
    return make


def files(*pairs, target=""):
    """A folder of files; the target is the folder or a file in it."""
    def make(folder):
        top = os.path.join(folder, "t")
        for name, content in pairs:
            path = os.path.join(top, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(content if isinstance(content, bytes)
                        else content.encode())
        return os.path.join(top, target) if target else top
    return make


def xml(components="", top="", root="bom", close=None):
    """CycloneDX XML with one sound component and these."""
    return ('<?xml version="1.0"?>%s<bom xmlns="http://cyclonedx.org/schema/'
            'bom/1.5" version="1"><components><component type="library">'
            '<supplier><name>Acme</name></supplier><name>lib0</name><version>'
            '1</version></component>%s</components></bom>') % (
                top, components)


def component(name="x", inside=""):
    return (f'<component type="library"><name>{name}</name><version>1'
            f'</version>{inside}</component>')
