package io.tenantry.web.security;

import io.tenantry.tenancy.Actor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The surfaces of the site and the people who use them: customers the portal, staff their pages, operators the admin surface. */
public enum Area {
    /** Accessible to all: storefront, sign-in, links, resources. */
    PUBLIC("", null),
    /** For members of organizations, on a reseller's hosts. */
    PORTAL("/portal", Actor.Kind.MEMBER),
    /** For a reseller's staff, on the reseller's hosts. */
    STAFF("/staff", Actor.Kind.STAFF),
    /** For operators, on the platform's host. */
    ADMIN("/admin", Actor.Kind.OPERATOR),
    /** For programs with a key. */
    API("/api", null),
    /** Paths that no surface lists: they respond with 404 even if a file of that name was deployed. */
    UNKNOWN("", null);

    /** The paths that are accessible to all, without the extension of pages. */
    private static final Set<String> PUBLIC_PATHS = Set.of(
            "/",
            "/home",
            "/plans",
            "/regions",
            "/faq",
            "/contact",
            "/legal",
            "/status",
            "/gallery",
            "/docs/problems",
            "/sign-in",
            "/sign-out",
            "/register",
            "/forgot",
            "/link",
            "/preferences",
            "/impersonation/end",
            "/live",
            "/console",
            "/healthz",
            "/robots.txt",
            "/sitemap.xml",
            "/site.webmanifest",
            "/.well-known/security.txt",
            "/favicon.ico",
            "/brand.css",
            "/unbranded.css");

    /** The folders whose files are accessible to all. */
    private static final List<String> PUBLIC_FOLDERS = List.of("/brand/", "/resources/", "/jakarta.faces.resource/");

    private static final String PAGE = ".xhtml";

    private final String root;
    private final Actor.@Nullable Kind user;

    Area(String root, Actor.@Nullable Kind user) {
        this.root = root;
        this.user = user;
    }

    /** Returns the surface of a decoded path within the application, with or without the default prefix of Faces. */
    public static Area of(String path) {
        var plain = path.startsWith("/faces/") ? path.substring("/faces".length()) : path;
        return Arrays.stream(values())
                .filter(area -> !area.root.isEmpty())
                .filter(area -> plain.equals(area.root) || plain.startsWith(area.root + "/"))
                .findFirst()
                .orElse(isPublic(plain) ? PUBLIC : UNKNOWN);
    }

    private static boolean isPublic(String path) {
        var page = path.endsWith(PAGE) ? path.substring(0, path.length() - PAGE.length()) : path;
        return PUBLIC_PATHS.contains(page) || PUBLIC_FOLDERS.stream().anyMatch(path::startsWith);
    }

    /** Returns the home surface of a kind of person. */
    public static Area homeOf(Actor.Kind kind) {
        return Arrays.stream(values())
                .filter(area -> area.user == kind)
                .findFirst()
                .orElse(PUBLIC);
    }

    /** Returns its first page. */
    public String home() {
        return root.isEmpty() ? "/" : root;
    }

    /** Returns whether it requires a sign-in. */
    public boolean asksForSignIn() {
        return user != null;
    }

    /** Returns whether it is for a kind of person. */
    public boolean admits(Actor.Kind kind) {
        return user == null || user == kind;
    }

    /** Returns whether it exists on the platform's host (true) or on resellers' hosts (false). */
    public boolean existsOn(boolean platform) {
        return switch (this) {
            case PUBLIC, API -> true;
            case ADMIN -> platform;
            case PORTAL, STAFF -> !platform;
            case UNKNOWN -> false;
        };
    }
}
