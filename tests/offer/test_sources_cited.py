"""Every source that the catalogue cites is found, with all that cite it."""

from offer.published import Published
from offer.sources_cited import sources_of


def test_every_source_of_the_catalogue_is_found(published: Published) -> None:
    cited = sources_of(published)
    entry = published.entries["setting-up-home-allowance"]
    assert entry.sources[0].url in cited
    assert all(cited.values())
    assert {url for service in published.services.values() if (url := service.record.website)} <= set(cited)
    for slug, organisation in published.organisations.items():
        assert all(slug in cited[source.url] for source in organisation.sources if source.url)
    for slug, location in published.locations.items():
        assert all(slug in cited[source.url] for source in location.sources if source.url)
