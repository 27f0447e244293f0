package io.tenantry.cloud.transfer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The transfer of an organization's services in one period, and what their plans include together: what one service does not use is available
 * to the others. Overage is divided among the services that exceed their own plan, in proportion to their excess, to the last byte.
 */
record TransferPool(List<Share> shares) {
    /**
     * The part of one service.
     *
     * @param used bytes that it sent
     * @param included bytes that its plan included, for the time that it had the plan
     */
    record Share(UUID serviceId, UUID walletId, long used, long included) {
        private long excess() {
            return Math.max(0, used - included);
        }
    }

    /** A service's share of the overage. */
    record OverageShare(Share share, long bytes) {}

    TransferPool {
        shares = shares.stream()
                .sorted(Comparator.comparing(Share::walletId).thenComparing(Share::serviceId))
                .toList();
    }

    BigInteger used() {
        return shares.stream().map(one -> BigInteger.valueOf(one.used())).reduce(BigInteger.ZERO, BigInteger::add);
    }

    BigInteger included() {
        return shares.stream().map(one -> BigInteger.valueOf(one.included())).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Returns each service's share; the shares add up to the overage exactly. */
    List<OverageShare> over() {
        var left = used().subtract(included()).max(BigInteger.ZERO);
        var excess =
                shares.stream().map(one -> BigInteger.valueOf(one.excess())).reduce(BigInteger.ZERO, BigInteger::add);
        var all = new ArrayList<OverageShare>();
        for (var share : shares) {
            // Of the remainder, in proportion to the remaining excess: the last service takes the rest, and none more
            // than its own excess.
            var own = BigInteger.valueOf(share.excess());
            var bytes = own.signum() == 0 ? BigInteger.ZERO : left.multiply(own).divide(excess);
            left = left.subtract(bytes);
            excess = excess.subtract(own);
            all.add(new OverageShare(share, bytes.longValueExact()));
        }
        return List.copyOf(all);
    }
}
