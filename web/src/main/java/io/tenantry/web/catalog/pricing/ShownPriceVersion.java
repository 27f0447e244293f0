package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The version that a page shows and its prices, so that a change does not affect another version, and prices that were set by others since are
 * not published unseen.
 */
final class ShownPriceVersion implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable UUID version;
    private int prices;

    /** Records the version that the page shows from now on. */
    void is(UUID id, List<PriceItem> items) {
        version = id;
        prices = hash(items);
    }

    /** Returns whether a version is the displayed one; also true if the page has not shown any. */
    boolean isSame(UUID id) {
        return version == null || version.equals(id);
    }

    /** Returns whether a version is the displayed one with the displayed prices. */
    boolean isSame(UUID id, List<PriceItem> items) {
        return version == null || (version.equals(id) && prices == hash(items));
    }

    /** Returns the hash of the text, because the hash code of an enum differs from node to node. */
    private static int hash(List<PriceItem> items) {
        return items.toString().hashCode();
    }

    /** Returns whether a version is known to be the displayed one. */
    boolean isKnown(UUID id) {
        return id.equals(version);
    }
}
