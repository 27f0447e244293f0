package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.TransferMetering.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Traffic by calendar months at a constant rate per server since its creation. */
final class SandboxTransfer {
    private static final int MONTHS_MAX = 12;
    private static final int IN_MIN = 2_000;
    private static final int OUT_MIN = 10_000;
    private static final int SPREAD = 90_000;

    private SandboxTransfer() {}

    /** Returns the month in progress first. */
    static List<Traffic> read(SandboxServer sandboxServer, Instant now) {
        var seed = SandboxServerStore.seed(sandboxServer.id());
        var inEach = inEach(seed);
        var outEach = outEach(seed);
        var all = new ArrayList<Traffic>();
        for (var month = month(now); all.size() < MONTHS_MAX; month = month.minusMonths(1)) {
            var from = start(month);
            var to = start(month.plusMonths(1));
            if (!to.isAfter(sandboxServer.createdAt())) {
                break;
            }
            var since = from.isAfter(sandboxServer.createdAt()) ? from : sandboxServer.createdAt();
            var upTo = to.isBefore(now) ? to : now;
            var seconds = Math.max(0, Duration.between(since, upTo).toSeconds());
            all.add(new Traffic(from, to, inEach * seconds, outEach * seconds));
        }
        return all;
    }

    /** Returns the bytes received per second. */
    static int inEach(long seed) {
        return IN_MIN + Math.floorMod(seed, SPREAD) / 4;
    }

    /** Returns the bytes sent per second. */
    static int outEach(long seed) {
        return OUT_MIN + Math.floorMod(seed >> 20, SPREAD);
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
