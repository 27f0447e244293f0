package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** How a vendor's lists are read: to the last page, or not at all. */
@FunctionalInterface
public interface PagedLists {
    /**
     * All of a list.
     *
     * @param key what the list is called in the answer
     * @param query names and values in turns
     */
    List<JsonFields> all(String path, String key, String... query);

    /** How a vendor says that a page is the last one. */
    @FunctionalInterface
    interface Last {
        /**
         * Of a page.
         *
         * @param number of the page, from 1 on
         * @param read how many things were on it and on those before
         */
        boolean is(JsonFields answer, int number, int read);
    }

    /** Lists whose pages have numbers, and so many things each. */
    static PagedLists numbered(ProviderHttp api, String eachName, int each, int pagesMax, Last last) {
        return (path, key, query) -> whole(
                path,
                key,
                pagesMax,
                page -> {
                    var paged = Arrays.copyOf(query, query.length + 4);
                    paged[query.length] = "page";
                    paged[query.length + 1] = String.valueOf(page);
                    paged[query.length + 2] = eachName;
                    paged[query.length + 3] = String.valueOf(each);
                    return new JsonFields(api.get(path, paged));
                },
                last);
    }

    /** The number of the last page is in the last of these fields, each of which lies within the one before; null is this one. */
    static Last upTo(String... fields) {
        return (answer, number, read) -> {
            var inner = answer;
            for (var i = 0; i < fields.length - 1; i++) {
                inner = inner.in(fields[i]);
            }
            return inner.maybeText(fields[fields.length - 1])
                    .map(last -> number >= ProviderHttp.number(last))
                    .orElse(true);
        };
    }

    /** Reads a list to its last page; an answer without the list, or a list without end, is none. */
    static List<JsonFields> whole(String path, String key, int pagesMax, IntFunction<JsonFields> read, Last last) {
        var all = new ArrayList<JsonFields>();
        for (var page = 1; page <= pagesMax; page++) {
            var answer = read.apply(page);
            if (!answer.object().containsKey(key)) {
                throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "no " + key + " in the answer of " + path);
            }
            all.addAll(answer.each(key));
            if (last.is(answer, page, all.size())) {
                return List.copyOf(all);
            }
        }
        throw new ProviderFailure(Reason.NOT_UNDERSTOOD, path + " has more than " + pagesMax + " pages");
    }
}
