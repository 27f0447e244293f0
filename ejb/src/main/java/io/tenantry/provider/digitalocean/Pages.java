package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.VendorApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** DigitalOcean's lists, read to the last page. */
record Pages(VendorApi api) {
    private static final String EACH_MAX = "200";

    /** A hundred thousand things, far above what an account may have. */
    private static final int PAGES_MAX = 500;

    /**
     * All of a list.
     *
     * @param key what the list is called in the answer
     * @param query names and values in turns
     */
    List<Fields> all(String path, String key, String... query) {
        var all = new ArrayList<Fields>();
        for (var page = 1; page <= PAGES_MAX; page++) {
            var answer = new Fields(api.get(path, paged(query, page)));
            if (!answer.object().containsKey(key)) {
                throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "no " + key + " in the answer of " + path);
            }
            all.addAll(answer.each(key));
            if (isLast(answer, all.size())) {
                return List.copyOf(all);
            }
        }
        throw new ProviderFailure(Reason.NOT_UNDERSTOOD, path + " has more than " + PAGES_MAX + " pages");
    }

    private static boolean isLast(Fields answer, int read) {
        var next = answer.maybeIn("links")
                .flatMap(links -> links.maybeIn("pages"))
                .flatMap(pages -> pages.maybeText("next"));
        return next.isEmpty() || read >= answer.in("meta").whole("total");
    }

    private static String[] paged(String[] query, int page) {
        var whole = Arrays.copyOf(query, query.length + 4);
        whole[query.length] = "page";
        whole[query.length + 1] = String.valueOf(page);
        whole[query.length + 2] = "per_page";
        whole[query.length + 3] = EACH_MAX;
        return whole;
    }
}
