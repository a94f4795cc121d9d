"""Mosaics name files, and nothing else that GDAL could read."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from scene_files import write_scene

from acseg_core.errors import ImageError
from acseg_core.images.scenes.mosaics import sources_of, stray_source
from acseg_core.images.scenes.raster import Box, read_samples


def test_a_mosaic_names_what_it_is_made_of(tmp_path):
    mosaic = tmp_path / "all.vrt"
    mosaic.write_text(
        '<VRTDataset><SourceFilename relativeToVRT="1">sub/a &amp; b.tif</SourceFilename>'
        "<SourceFilename>/data/c.tif</SourceFilename></VRTDataset>"
    )
    assert sources_of(mosaic) == {(tmp_path / "sub" / "a & b.tif").resolve(), (tmp_path / "/data/c.tif").resolve()}
    assert sources_of(tmp_path / "gone.vrt") == sources_of(tmp_path / "a.tif") == set()


@pytest.mark.parametrize(
    "source",
    ["/vsicurl/{url}", "/vsizip//vsicurl/{url}", "{url}", "WMS:{url}", "&lt;GDAL_WMS&gt;{url}&lt;/GDAL_WMS&gt;"],
)
def test_a_mosaic_of_somebody_else_fetches_nothing_from_the_network(source, tmp_path):
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        name = source.format(url=f"http://127.0.0.1:{server.server_port}/part.tif")
        (tmp_path / "all.vrt").write_text(
            '<VRTDataset rasterXSize="60" rasterYSize="40"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
            f"<SourceFilename>{name}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
            "</VRTDataset>"
        )
        with pytest.raises(ImageError, match=r"all.vrt: a mosaic of what is no file here"):
            read_samples(tmp_path / "all.vrt", Box(0, 0, 60, 40), (1,))
        server.shutdown()
    assert asked == []


def test_a_mosaic_in_a_mosaic_is_looked_at_too(tmp_path):
    inner, outer = tmp_path / "inner.tif", tmp_path / "outer.vrt"
    outer.write_text("<VRTDataset><SourceFilename>inner.tif</SourceFilename></VRTDataset>")
    inner.write_text("<VRTDataset><SourceFilename>https://example.com/a.tif</SourceFilename></VRTDataset>")
    assert stray_source(outer) == "https://example.com/a.tif"
    inner.unlink()
    write_scene(inner)
    assert stray_source(outer) == ""
    inner.write_text("<VRTDataset><SourceFilename>outer.vrt</SourceFilename></VRTDataset>")
    assert stray_source(outer) != ""  # they name each other
