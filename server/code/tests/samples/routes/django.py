from django.urls import include, path, re_path
from rest_framework import routers

from . import views

router = routers.DefaultRouter()
router.register("users", views.UserViewSet)


def local(request):
    return os.path("/no", 1)


urlpatterns = [
    path("users/<int:pk>/", views.UserView.as_view(), name="user"),
    path("", local),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", views.archive),
    re_path(r"^a|b$", views.archive),
    path("api/", include("shop.api.urls")),
    path(PREFIX + "x/", views.archive),
    path("router/", include(router.urls)),
]
