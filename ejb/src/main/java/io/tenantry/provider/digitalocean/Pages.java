package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Lists;
import io.tenantry.provider.VendorApi;
import java.util.List;

/** DigitalOcean's lists, read to the last page. */
record Pages(VendorApi api) implements Lists {
    private static final int EACH_MAX = 200;

    /** A hundred thousand things, far above what an account may have. */
    private static final int PAGES_MAX = 500;

    @Override
    public List<Fields> all(String path, String key, String... query) {
        return Lists.numbered(api, "per_page", EACH_MAX, PAGES_MAX, (answer, page, read) -> isLast(answer, read))
                .all(path, key, query);
    }

    private static boolean isLast(Fields answer, int read) {
        var next = answer.maybeIn("links")
                .flatMap(links -> links.maybeIn("pages"))
                .flatMap(pages -> pages.maybeText("next"));
        return next.isEmpty() || read >= answer.in("meta").whole("total");
    }
}
