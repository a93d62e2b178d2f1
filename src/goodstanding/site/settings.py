"""Django settings. Everything that differs between installations comes from `goodstanding.site.home`."""

from __future__ import annotations

import os
from pathlib import Path

from goodstanding.site.databases import databases_from_environment
from goodstanding.site.secretkey import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key(os.environ)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GOODSTANDING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "goodstanding.ledger.apps.LedgerConfig",
    "goodstanding.standing.apps.StandingConfig",
    "goodstanding.procedures.apps.ProceduresConfig",
    "goodstanding.measures.apps.MeasuresConfig",
    "goodstanding.portal.apps.PortalConfig",
    "goodstanding.office.apps.OfficeConfig",  # before allauth: its templates take precedence
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "goodstanding.office.bounds.BoundedBody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goodstanding.office.acting.NameWhoActs",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goodstanding.office.language.KeepLanguage",
    "goodstanding.portal.middleware.PortalHeaders",
]
# The public portal is served by a process that can only read; the office by one of its own, which signs people in.
OFFICE = os.environ.get("GOODSTANDING_SERVED_OFFICE", "") == "1"
ROOT_URLCONF = "goodstanding.site.office_urls" if OFFICE else "goodstanding.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["goodstanding.portal.templatetags.words"],
            "context_processors": ["goodstanding.office.context.in_words"],
        },
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

# --- accounts ---
AUTH_USER_MODEL = "office.Account"
AUTHENTICATION_BACKENDS = ["goodstanding.office.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "goodstanding.office.accounts.store"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Browsers take secure cookies from 127.0.0.1 and localhost over plain HTTP too; from elsewhere only over TLS.
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goodstanding.office.views.refused.forged"
CSRF_TRUSTED_ORIGINS = [one for one in os.environ.get("GOODSTANDING_ORIGINS", "").split(",") if one]
# Attempts to sign in are counted here, for all processes that serve the office. Nothing else is cached.
CACHES = {"default": {"BACKEND": "goodstanding.office.accounts.attempts.Attempts"}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office_entrance"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "goodstanding.office.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "goodstanding.office.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
