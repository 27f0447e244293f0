package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PagedLists;
import io.tenantry.cloud.provider.ProviderHttp;
import java.util.List;

/** DigitalOcean's lists, read to the last page. */
record DigitalOceanPaging(ProviderHttp api) implements PagedLists {
    private static final int EACH_MAX = 200;

    /** A hundred thousand elements, far above the limits of an account. */
    private static final int PAGES_MAX = 500;

    @Override
    public List<JsonFields> all(String path, String key, String... query) {
        return PagedLists.numbered(api, "per_page", EACH_MAX, PAGES_MAX, (answer, page, read) -> isLast(answer, read))
                .all(path, key, query);
    }

    private static boolean isLast(JsonFields answer, int read) {
        var next = answer.maybeIn("links")
                .flatMap(links -> links.maybeIn("pages"))
                .flatMap(pages -> pages.maybeText("next"));
        return next.isEmpty() || read >= answer.in("meta").whole("total");
    }
}
