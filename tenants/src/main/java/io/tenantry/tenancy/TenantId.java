package io.tenantry.tenancy;

import java.util.regex.Pattern;

/**
 * A tenant's slug: the name of the reseller in schemas, roles, logs and on the admin site. It never changes.
 *
 * @param value 2 to 30 of a-z, 0-9 and -, beginning with a letter; no underscore, so that schema and role names differ whenever slugs do
 */
public record TenantId(String value) {
    private static final Pattern SLUG = Pattern.compile("[a-z](-?[a-z0-9]){1,29}");

    public TenantId {
        if (!isSlug(value)) {
            throw new IllegalArgumentException("not a tenant's slug: \"" + value + "\"");
        }
    }

    /** Whether the text could be a tenant's slug. */
    public static boolean isSlug(String text) {
        return text.length() <= 30 && SLUG.matcher(text).matches();
    }

    /** Returns the schema that holds all of this tenant's data. */
    public String schema() {
        return "t_" + value.replace('-', '_');
    }

    /** Returns the database role that may touch this tenant's schema, and no other. */
    public String role() {
        return "tn_" + value.replace('-', '_');
    }

    @Override
    public String toString() {
        return value;
    }
}
