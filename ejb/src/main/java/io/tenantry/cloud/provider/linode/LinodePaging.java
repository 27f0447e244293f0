package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PagedLists;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/** Linode's lists. */
final class LinodePaging {
    /** The maximum page size, since Linode limits the rate of list requests separately and strictly. */
    private static final int SIZE = 500;

    private static final int PAGES_MAX = 200;

    private LinodePaging() {}

    /** Reads a complete list. */
    static List<JsonFields> all(ProviderHttp api, String path) {
        return all(api, path, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Reads all elements that match the filter. */
    static List<JsonFields> all(ProviderHttp api, String path, JsonObject filter) {
        return PagedLists.whole(
                path,
                "data",
                PAGES_MAX,
                page -> page(api, path, filter, page, SIZE),
                (answer, page, read) -> page >= answer.whole("pages"));
    }

    /** Returns the first elements that match the filter; the page size is at least 25. */
    static List<JsonFields> first(ProviderHttp api, String path, JsonObject filter, int size) {
        return page(api, path, filter, 1, size).each("data");
    }

    private static JsonFields page(ProviderHttp api, String path, JsonObject filter, int page, int size) {
        var headers = filter.isEmpty() ? Map.<String, String>of() : Map.of("X-Filter", filter.toString());
        return new JsonFields(api.get(path, headers, "page", String.valueOf(page), "page_size", String.valueOf(size)));
    }
}
