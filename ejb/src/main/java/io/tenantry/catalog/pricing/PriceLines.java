package io.tenantry.catalog.pricing;

import io.tenantry.text.Confusables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The lines of a file by the goods they price, to find two that price the same goods, or goods whose codes look the same. */
final class PriceLines {
    private final Map<PriceKey, Long> lines = new HashMap<>();
    private final Map<PriceKey, Long> latin = new HashMap<>();
    private final Map<PriceKey, Long> others = new HashMap<>();

    /** Adds a line. Returns the earlier one for the same goods, if there is one. */
    Optional<Long> add(PriceKey key, long line) {
        var drawn = new PriceKey(
                key.kind(), key.provider(), Confusables.skeleton(key.code()), Confusables.skeleton(key.region()));
        // Two codes of ASCII characters are different ones, such as g1 and gl.
        var isAscii = (key.code() + key.region()).chars().allMatch(each -> each < 0x80);
        var before = Optional.ofNullable(lines.putIfAbsent(key, line))
                .or(() -> Optional.ofNullable(others.get(drawn)))
                .or(() -> isAscii ? Optional.empty() : Optional.ofNullable(latin.get(drawn)));
        (isAscii ? latin : others).putIfAbsent(drawn, line);
        return before;
    }
}
