"""The practices around the walk: what we run, when we meet, whom we watch. Each topic lists its own addresses."""

from colead.practices import initiative_urls, observation_urls, structure_urls, studio_urls, time_urls

urlpatterns = [
    *time_urls.urlpatterns,
    *initiative_urls.urlpatterns,
    *structure_urls.urlpatterns,
    *studio_urls.urlpatterns,
    *observation_urls.urlpatterns,
]
