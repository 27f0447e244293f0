package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Utilization of a Linode, in averages: of the last 24 hours, or of the last 30 days (requested as the month in progress).
 *
 * <ul>
 *   <li>Each processor counts as 100 per cent, so the values are divided by the number of processors.
 *   <li>Network traffic is reported in bits per second; both IP versions are added, private networks are omitted.
 *   <li>The API documentation has the series beside the title; Linode's own client reads them from within {@code data}. Both are supported.
 *   <li>Missing values are refused like an invalid request ("Stats are unavailable at this time"); they are treated as empty.
 * </ul>
 */
record LinodeMetrics(ProviderHttp api) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final BigDecimal BITS = BigDecimal.valueOf(8);
    private static final int DECIMALS = 4;

    List<Series> of(String serverId, Instant now, Duration back) {
        var cores = new JsonFields(api.get(LinodeIds.server(serverId)))
                .in("specs")
                .decimal("vcpus")
                .max(BigDecimal.ONE);
        var read = read(LinodeIds.server(serverId) + "/stats" + (back.compareTo(DAY) > 0 ? month(now) : ""));
        if (read.isEmpty()) {
            return List.of();
        }
        var response = read.get().maybeIn("data").orElse(read.get());
        var from = now.minus(back);
        var all = new ArrayList<Series>();
        add(all, Kind.CPU, from, cores, List.of(readings(response, "cpu")));
        add(all, Kind.RECEIVED, from, BITS, networks(response, "in"));
        add(all, Kind.SENT, from, BITS, networks(response, "out"));
        add(
                all,
                Kind.DISK,
                from,
                BigDecimal.ONE,
                response.maybeIn("io").stream().map(io -> readings(io, "io")).toList());
        return all;
    }

    private Optional<JsonFields> read(String path) {
        try {
            return Optional.of(new JsonFields(api.get(path)));
        } catch (ProviderFailure refused) {
            if (refused.reason() == Reason.INVALID) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static String month(Instant now) {
        var today = now.atZone(ZoneOffset.UTC);
        return "/" + today.getYear() + "/" + today.getMonthValue();
    }

    private static List<Map<Instant, BigDecimal>> networks(JsonFields response, String direction) {
        var networks = new ArrayList<Map<Instant, BigDecimal>>();
        response.maybeIn("netv4").ifPresent(network -> networks.add(readings(network, direction)));
        response.maybeIn("netv6").ifPresent(network -> networks.add(readings(network, direction)));
        return networks;
    }

    private static void add(
            List<Series> all, Kind kind, Instant from, BigDecimal divisor, List<Map<Instant, BigDecimal>> parts) {
        var sums = new TreeMap<Instant, BigDecimal>();
        parts.forEach(part -> part.forEach((at, value) -> sums.merge(at, value, BigDecimal::add)));
        var points = sums.tailMap(from, true).entrySet().stream()
                .map(one -> new Point(one.getKey(), one.getValue().divide(divisor, DECIMALS, RoundingMode.HALF_UP)))
                .toList();
        if (!points.isEmpty()) {
            all.add(new Series(kind, points));
        }
    }

    private static Map<Instant, BigDecimal> readings(JsonFields response, String name) {
        var value = response.object().get(name);
        if (value == null || value == JsonValue.NULL) {
            return Map.of();
        }
        if (!(value instanceof JsonArray pairs)) {
            throw unclear();
        }
        var readings = new TreeMap<Instant, BigDecimal>();
        for (var pair : pairs) {
            if (!(pair instanceof JsonArray two && two.size() == 2 && two.get(0) instanceof JsonNumber at)) {
                throw unclear();
            }
            if (two.get(1) instanceof JsonNumber reading) {
                readings.put(Instant.ofEpochMilli(at.longValue()), reading.bigDecimalValue());
            } else if (two.get(1) != JsonValue.NULL) {
                throw unclear();
            }
        }
        return readings;
    }

    private static ProviderFailure unclear() {
        return new ProviderFailure(Reason.INVALID_RESPONSE, "a measurement does not match Linode's contract");
    }
}
