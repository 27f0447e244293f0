package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import io.tenantry.cloud.provider.digitalocean.PrometheusMatrix.Line;
import io.tenantry.cloud.provider.digitalocean.PrometheusMatrix.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Traffic of a droplet's public interface, from its monitoring. DigitalOcean reports no volumes of a droplet, only rates in megabits per second
 * at regular intervals; the volume is the sum of rate times interval.
 *
 * <ul>
 *   <li>It is an estimate, for display and warnings but not for charges. A megabit is taken as 1,000,000 bits; DigitalOcean does not rule out
 *       1,048,576, which would be 4.9 % more. Between two samples, traffic is seen only as far as a rate is an average.
 *   <li>Periods are days in UTC, today and yesterday: the retention of rates is not documented, so for months, days must be read daily and
 *       stored. A day without any rate is omitted: it was not monitored (the agent is missing), which is not the same as no traffic.
 *   <li>Missing samples count as nothing.
 * </ul>
 */
record Bandwidth(ProviderHttp api) {
    static final String INBOUND = "inbound";
    static final String OUTBOUND = "outbound";

    /** The number of bytes in a megabit. */
    static final BigDecimal BYTES_OF_MEGABIT = BigDecimal.valueOf(1_000_000 / 8);

    private static final Duration DAY = Duration.ofDays(1);

    /** The samples of one interface and their interval. */
    private record Series(List<Sample> samples, long distanceSeconds) {
        boolean isIn(Instant from) {
            return samples.stream().anyMatch(sample -> isIn(sample, from));
        }

        long bytes(Instant from) {
            return samples.stream()
                    .filter(sample -> isIn(sample, from))
                    .map(Sample::value)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .multiply(BigDecimal.valueOf(distanceSeconds))
                    .multiply(BYTES_OF_MEGABIT)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValue();
        }

        private static boolean isIn(Sample sample, Instant from) {
            return sample.second() >= from.getEpochSecond()
                    && sample.second() < from.plus(DAY).getEpochSecond();
        }
    }

    List<Traffic> of(String dropletId, Instant now) {
        var today = now.truncatedTo(ChronoUnit.DAYS);
        var yesterday = today.minus(DAY);
        var in = series(dropletId, INBOUND, yesterday, now);
        var out = series(dropletId, OUTBOUND, yesterday, now);
        return Stream.of(today, yesterday)
                .filter(day -> in.stream().anyMatch(one -> one.isIn(day)))
                .filter(day -> out.stream().anyMatch(one -> one.isIn(day)))
                .map(day -> new Traffic(day, day.plus(DAY), bytes(in, day), bytes(out, day)))
                .toList();
    }

    /** Returns the rates in megabits per second, one line per interface. */
    List<Line> rates(String dropletId, String direction, Instant from, Instant to) {
        return PrometheusMatrix.read(
                        api,
                        "bandwidth",
                        "host_id",
                        dropletId,
                        "interface",
                        "public",
                        "direction",
                        direction,
                        "start",
                        String.valueOf(from.getEpochSecond()),
                        "end",
                        String.valueOf(to.getEpochSecond()))
                .lines();
    }

    private static long bytes(List<Series> all, Instant day) {
        return all.stream().mapToLong(one -> one.bytes(day)).sum();
    }

    private List<Series> series(String dropletId, String direction, Instant from, Instant to) {
        return rates(dropletId, direction, from, to).stream()
                .map(line -> new Series(line.samples(), distance(line.samples())))
                .toList();
    }

    private static long distance(List<Sample> samples) {
        return IntStream.range(1, samples.size())
                .mapToLong(i -> samples.get(i).second() - samples.get(i - 1).second())
                .filter(seconds -> seconds > 0)
                .min()
                .orElse(0);
    }
}
