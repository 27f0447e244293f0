package io.tenantry.web.security;

import io.tenantry.tenancy.Actor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parts of the site and who goes where: customers to the portal, staff to their desk, operators to the console. */
public enum Area {
    /** For everybody: storefront, sign-in, links, resources. */
    PUBLIC("", null),
    /** For members of organizations, on a reseller's hosts. */
    PORTAL("/portal", Actor.Kind.MEMBER),
    /** For a reseller's staff, on the reseller's hosts. */
    STAFF("/staff", Actor.Kind.STAFF),
    /** For operators, on the platform's host. */
    ADMIN("/admin", Actor.Kind.OPERATOR),
    /** For programs with a key. */
    API("/api", null);

    private final String root;
    private final Actor.@Nullable Kind inhabitant;

    Area(String root, Actor.@Nullable Kind inhabitant) {
        this.root = root;
        this.inhabitant = inhabitant;
    }

    /** The surface of a decoded path within the application, with or without the prefix that Faces knows by default. */
    public static Area of(String path) {
        var plain = path.startsWith("/faces/") ? path.substring("/faces".length()) : path;
        return Arrays.stream(values())
                .filter(area -> area != PUBLIC)
                .filter(area -> plain.equals(area.root) || plain.startsWith(area.root + "/"))
                .findFirst()
                .orElse(PUBLIC);
    }

    /** Where people of this kind are at home. */
    public static Area homeOf(Actor.Kind kind) {
        return Arrays.stream(values())
                .filter(area -> area.inhabitant == kind)
                .findFirst()
                .orElse(PUBLIC);
    }

    /** Its first page. */
    public String home() {
        return root.isEmpty() ? "/" : root;
    }

    /** Whether one has to sign in to see it. */
    public boolean asksForSignIn() {
        return inhabitant != null;
    }

    /** Whether a person of that kind belongs here. */
    public boolean admits(Actor.Kind kind) {
        return inhabitant == null || inhabitant == kind;
    }

    /** Whether it exists on the platform's host (true) or on resellers' hosts (false). */
    public boolean existsOn(boolean platform) {
        return switch (this) {
            case PUBLIC, API -> true;
            case ADMIN -> platform;
            case PORTAL, STAFF -> !platform;
        };
    }
}
