"""Django settings. Everything that differs between installations comes from `goodstanding.site.home`."""

from __future__ import annotations

import os
from pathlib import Path

from goodstanding.site.databases import databases_from_environment

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("GOODSTANDING_SECRET_KEY", "no sessions are kept and nothing is signed yet")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GOODSTANDING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "goodstanding.ledger.apps.LedgerConfig",
    "goodstanding.standing.apps.StandingConfig",
    "goodstanding.procedures.apps.ProceduresConfig",
    "goodstanding.portal.apps.PortalConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goodstanding.portal.middleware.PortalHeaders",
]
ROOT_URLCONF = "goodstanding.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["goodstanding.portal.templatetags.words"]},
    }
]
WSGI_APPLICATION = "goodstanding.site.wsgi.application"

DATABASES = databases_from_environment(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
