"""
The scraped report retold about other countries: what changes in the text, and in the expected answer.

A reading that is right about one page because it knows the page fails here: names, capitals, leaders,
towns, tolls, weekdays and dates are exchanged before reading, and the facts are looked up in the
exchanged terms.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class World:
    """The terms of one telling. A is the side that is attacked in the original, B the other."""

    name: str
    a_country: str
    a_adjective: str
    a_capital: str
    a_code: str
    a_leader: str
    b_country: str
    b_adjective: str
    b_capital: str
    b_code: str
    b_leader: str
    b_minister: str
    town: str
    a_dead: str = "105"
    b_dead: str = "50"
    day: str = "Wednesday"
    day_before: str = "Tuesday"
    date: str = "Sept 14"
    iso: str = "2022-09-14"
    iso_before: str = "2022-09-13"

    @property
    def a_surname(self) -> str:
        return self.a_leader.split()[-1]

    def retell(self, text: str) -> str:
        """The original with this world's terms; all exchanged at once, so that no term is exchanged twice."""
        exchange = {
            "Nikol Pashinyan": self.a_leader,
            "Pashinyan": self.a_surname,
            "Ilham Aliyev": self.b_leader,
            "Jeyhun Bayramov": self.b_minister,
            "Armenians": self.a_adjective + "s",
            "Armenian": self.a_adjective,
            "Armenia": self.a_country,
            "Yerevan": self.a_capital,
            "Azerbaijani": self.b_adjective,
            "Azerbaijan": self.b_country,
            "Azeri": self.b_adjective,
            "Baku": self.b_capital,
            "Jermuk": self.town,
            "105": self.a_dead,
            "50": self.b_dead,
            "Wednesday": self.day,
            "Tuesday": self.day_before,
            "Sept 14": self.date,
        }
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, exchange)) + r")\b")
        return pattern.sub(lambda match: exchange[match.group()], text)


ORIGINAL = World(
    name="original",
    a_country="Armenia",
    a_adjective="Armenian",
    a_capital="Yerevan",
    a_code="ARM",
    a_leader="Nikol Pashinyan",
    b_country="Azerbaijan",
    b_adjective="Azerbaijani",
    b_capital="Baku",
    b_code="AZE",
    b_leader="Ilham Aliyev",
    b_minister="Jeyhun Bayramov",
    town="Jermuk",
)

RETOLD = (
    World(
        name="horn",
        a_country="Eritrea",
        a_adjective="Eritrean",
        a_capital="Asmara",
        a_code="ERI",
        a_leader="Tesfay Berhane",
        b_country="Ethiopia",
        b_adjective="Ethiopian",
        b_capital="Addis Ababa",
        b_code="ETH",
        b_leader="Dawit Alemu",
        b_minister="Tesema Girma",
        town="Barentu",
        a_dead="64",
        b_dead="38",
    ),
    World(
        name="andes",
        a_country="Ecuador",
        a_adjective="Ecuadorian",
        a_capital="Quito",
        a_code="ECU",
        a_leader="Mateo Salazar",
        b_country="Peru",
        b_adjective="Peruvian",
        b_capital="Lima",
        b_code="PER",
        b_leader="Julio Quispe",
        b_minister="Carmen Huaman",
        town="Zamora",
        a_dead="212",
        b_dead="97",
        day="Thursday",
        day_before="Wednesday",
        date="Sept 15",
        iso="2022-09-15",
        iso_before="2022-09-14",
    ),
    World(
        name="mekong",
        a_country="Cambodia",
        a_adjective="Cambodian",
        a_capital="Phnom Penh",
        a_code="KHM",
        a_leader="Sokha Chan",
        b_country="Thailand",
        b_adjective="Thai",
        b_capital="Bangkok",
        b_code="THA",
        b_leader="Somchai Prasert",
        b_minister="Anong Suwan",
        town="Poipet",
        a_dead="31",
        b_dead="12",
        day="Monday",
        day_before="Sunday",
        date="Oct 3",
        iso="2022-10-03",
        iso_before="2022-10-02",
    ),
)
