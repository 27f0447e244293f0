package io.tenantry.web.storefront;

import io.tenantry.storefront.Storefront.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a place stands on the drawing {@code WEB-INF/drawings/world.xhtml}: an equirectangular map from 80 degrees north to 56
 * degrees south, a thousand wide, stretched upwards by a fifth.
 */
final class WorldMap {
    static final BigDecimal WIDTH = BigDecimal.valueOf(1000);
    static final BigDecimal HEIGHT = new BigDecimal("453.33");
    private static final BigDecimal NORTH = BigDecimal.valueOf(80);
    private static final BigDecimal TALL = BigDecimal.valueOf(136);
    private static final BigDecimal WEST = BigDecimal.valueOf(-180);
    private static final BigDecimal WIDE = BigDecimal.valueOf(360);

    private WorldMap() {}

    /** From the left. */
    static BigDecimal x(Place place) {
        return place.longitude().subtract(WEST).multiply(WIDTH).divide(WIDE, 1, RoundingMode.HALF_UP);
    }

    /** From above; what is beyond the edges stands at them. */
    static BigDecimal y(Place place) {
        var y = NORTH.subtract(place.latitude()).multiply(HEIGHT).divide(TALL, 1, RoundingMode.HALF_UP);
        return y.max(BigDecimal.ZERO).min(HEIGHT);
    }
}
