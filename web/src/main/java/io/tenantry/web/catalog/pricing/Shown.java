package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The version that a page shows and its prices, so that nobody changes another, or publishes prices that somebody else has set since. */
final class Shown implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable UUID version;
    private int prices;

    /** The page shows that from now on. */
    void is(UUID id, List<PriceItem> items) {
        version = id;
        prices = hash(items);
    }

    /** Whether a version is the one that is shown; nothing is known of a page that has shown none. */
    boolean isSame(UUID id) {
        return version == null || version.equals(id);
    }

    /** Whether it has the prices that are shown. */
    boolean isSame(UUID id, List<PriceItem> items) {
        return version == null || (version.equals(id) && prices == hash(items));
    }

    /** Of the text, as the hash code of an enum differs from node to node. */
    private static int hash(List<PriceItem> items) {
        return items.toString().hashCode();
    }

    /** Whether a version is known to be the one that is shown. */
    boolean isKnown(UUID id) {
        return id.equals(version);
    }
}
