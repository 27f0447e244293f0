package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** Reads a provider's lists, to the last page or not at all. */
@FunctionalInterface
public interface PagedLists {
    /** The characters of a list, on all pages together: it is kept in memory. */
    int LENGTH_MAX = 16 * 1024 * 1024;

    /** The elements of a list: small ones take far more memory than their text. */
    int ELEMENTS_MAX = 50_000;

    /** The time after which no further page of a list is requested: each response has its own limit, but there may be many. */
    Duration TIME_MAX = Duration.ofMinutes(5);

    /**
     * Reads a complete list.
     *
     * @param key the name of the list in the response
     * @param query alternating names and values
     */
    List<JsonFields> all(String path, String key, String... query);

    /** Recognizes the last page of a list. */
    @FunctionalInterface
    interface LastPage {
        /**
         * Whether a page is the last one.
         *
         * @param number the number of the page, starting at 1
         * @param read the number of elements on it and on those before
         */
        boolean is(JsonFields answer, int number, int read);
    }

    /** Creates a reader of lists with numbered pages of a fixed size. */
    static PagedLists numbered(ProviderHttp api, String eachName, int each, int pagesMax, LastPage lastPage) {
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
                lastPage);
    }

    /** Recognizes the last page by its number, found at a path of nested fields; null means the current page. */
    static LastPage upTo(String... fields) {
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

    /**
     * Reads a list to its last page; fails if a response does not contain the list, the list is too long to be kept in memory, or reading it
     * takes too long.
     */
    static List<JsonFields> whole(
            String path, String key, int pagesMax, IntFunction<JsonFields> read, LastPage lastPage) {
        return whole(path, key, pagesMax, read, lastPage, System::nanoTime);
    }

    /** Reads a list to its last page, with a source of time. */
    static List<JsonFields> whole(
            String path,
            String key,
            int pagesMax,
            IntFunction<JsonFields> read,
            LastPage lastPage,
            LongSupplier nanos) {
        var all = new ArrayList<JsonFields>();
        var started = nanos.getAsLong();
        var length = 0L;
        for (var page = 1; page <= pagesMax; page++) {
            if (nanos.getAsLong() - started >= TIME_MAX.toNanos()) {
                throw new ProviderFailure(
                        Reason.NO_RESPONSE, path + " took more than " + TIME_MAX.toMinutes() + " minutes");
            }
            var answer = read.apply(page);
            if (!answer.object().containsKey(key)) {
                throw new ProviderFailure(Reason.INVALID_RESPONSE, "no " + key + " in the answer of " + path);
            }
            length += answer.object().toString().length();
            if (length > LENGTH_MAX) {
                throw new ProviderFailure(
                        Reason.INVALID_RESPONSE, path + " has more than " + LENGTH_MAX + " characters");
            }
            all.addAll(answer.each(key));
            if (all.size() > ELEMENTS_MAX) {
                throw new ProviderFailure(
                        Reason.INVALID_RESPONSE, path + " has more than " + ELEMENTS_MAX + " elements");
            }
            if (lastPage.is(answer, page, all.size())) {
                return List.copyOf(all);
            }
        }
        throw new ProviderFailure(Reason.INVALID_RESPONSE, path + " has more than " + pagesMax + " pages");
    }
}
