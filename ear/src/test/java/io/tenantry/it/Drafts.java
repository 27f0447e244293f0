package io.tenantry.it;

import io.tenantry.admin.platform.TenantDraft;
import java.util.List;
import java.util.Optional;

/** Valid drafts of resellers. */
public final class Drafts {
    private Drafts() {}

    /** Returns a draft on {@code slug.localhost}, in Berlin and English, whose staff is {@code sam@slug.example}. */
    public static TenantDraft of(String slug, String name, String currency) {
        return of(slug, name, currency, slug + ".localhost");
    }

    /** Returns a draft on that host. */
    public static TenantDraft of(String slug, String name, String currency, String host) {
        return new TenantDraft(
                slug,
                name,
                List.of(host),
                currency,
                "Europe/Berlin",
                "en",
                "#4f46e5",
                "#0891b2",
                "#f59e0b",
                Optional.empty(),
                "Sam Staff",
                "sam@" + slug + ".example");
    }
}
