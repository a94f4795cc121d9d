"""Names of stuff: what is not counted, as far as a label's name tells it, in English and German.

A label is a thing (cars, dogs: each is counted) or stuff (sky, grass: there is some of it). Whoever makes a label
decides; this is only what is offered first. The list holds common nouns for grounds, waters, skies, plants in the mass,
surfaces of rooms and buildings, and what street scenes, rooms, maps and microscopes have besides. What is not in it is
a thing.
"""

from __future__ import annotations

import re
import unicodedata

_ENGLISH = """
    air asphalt background bank beach bridge brick bricks building buildings bush bushes canal carpet ceiling clay
    cliff cloud clouds concrete cornfield crop cropland cytoplasm desert dirt dust earth embankment facade farmland
    fence field fire floor flooring foam fog foliage forest glass grass grassland gravel ground guardrail haze hedge
    hill hills house houses ice kerb lake land lava lawn leaf-litter leaves marsh meadow metal mist moss mountain
    mountains mud ocean paper parking path pavement paving pebbles pebble pier plain plants plaster platform plastic
    playground pond rail rails railing railroad railway rain river road roads rock rocks roof roofs rubble runway sand
    scree scrub sea shadow shore shrub shrubs shrubbery sidewalk sky skyscraper-row smoke snow soil staircase stairs
    steam steppe stone stones straw street stroma stuff surface swamp tarmac terrain tidal-flat tile tiles tissue track
    tracks tree trees tundra tunnel turf undergrowth unlabeled vegetation vineyard void wall walls water waterfall waves
    weeds wetland wood woodland woods
"""
_GERMAN = """
    acker asphalt bach bahnsteig baeume beton berg berge boden brandung bruecke busch buesche dach daecher dampf decke
    eis erde fahrbahn fassade feld felder fels felsen feuer fliesen fluss fußboden fussboden fußweg gebaeude gebuesch
    gehsteig gehweg gelaende gestein gestruepp gewebe gewaesser glas gleis gleise gras gruenflaeche grund haeuser
    hecke heide hintergrund himmel holz horizont huegel kanal kies kieselsteine klippe laub lehm luft mauer mauerwerk
    meer metall moor moos nebel ozean parkplatz pfad pflanzen pflaster rasen rauch regen sand schatten schaum schiene
    schienen schlamm schnee schotter schutt see staub stein steine strand strasse straße straßenbelag sumpf teich
    teppich treppe tunnel ufer unkraut unterholz untergrund vegetation wald wand waende wasser wasserfall watt weg wege
    weide weinberg wellen wiese wiesen wolke wolken wueste zaun ziegel baum
"""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_STUFF = frozenset(word.translate(_UMLAUTS) for word in (_ENGLISH + _GERMAN).casefold().split())

_KINDS_BEHIND = """
    brick bricks concrete cover deep dry high holz low marble merged metal other panel paved sandy shallow sonstige
    stein stone stuff tile tiled tiles unpaved wet wood wooden
"""
_KINDS = frozenset(_KINDS_BEHIND.split())
"""What data sets put behind a noun: "wall-brick", "sky-other-merged"."""


def is_stuff_name(name: str) -> bool:
    """Whether a name sounds like stuff: it is in the list, or ends with a word that is ("wet road", "wall-brick")."""
    plain = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    words = [word for word in re.split(r"[\s_,;/()\[\].:-]+", plain) if word]
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    return bool(words) and words[-1] in _STUFF
