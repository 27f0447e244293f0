package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.VendorApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Linode's lists. */
final class Pages {
    /** As many as Linode allows, since it counts lists apart and strictly. */
    private static final int SIZE = 500;

    private static final int PAGES_MAX = 200;

    private Pages() {}

    /** All of a list, to its last page. */
    static List<Fields> all(VendorApi api, String path) {
        return all(api, path, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** All that passes the filter, to the last page. */
    static List<Fields> all(VendorApi api, String path, JsonObject filter) {
        var all = new ArrayList<Fields>();
        for (var page = 1; page <= PAGES_MAX; page++) {
            var answer = page(api, path, filter, page, SIZE);
            all.addAll(answer.each("data"));
            if (page >= answer.whole("pages")) {
                return List.copyOf(all);
            }
        }
        throw new ProviderFailure(Reason.NOT_UNDERSTOOD, path + " has more than " + PAGES_MAX + " pages");
    }

    /** The first of a list that passes the filter, at least 25. */
    static List<Fields> first(VendorApi api, String path, JsonObject filter, int size) {
        return page(api, path, filter, 1, size).each("data");
    }

    private static Fields page(VendorApi api, String path, JsonObject filter, int page, int size) {
        var headers = filter.isEmpty() ? Map.<String, String>of() : Map.of("X-Filter", filter.toString());
        return new Fields(api.get(path, headers, "page", String.valueOf(page), "page_size", String.valueOf(size)));
    }
}
