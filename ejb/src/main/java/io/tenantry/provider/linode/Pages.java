package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Lists;
import io.tenantry.provider.VendorApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
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
        return Lists.whole(
                path,
                "data",
                PAGES_MAX,
                page -> page(api, path, filter, page, SIZE),
                (answer, page, read) -> page >= answer.whole("pages"));
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
