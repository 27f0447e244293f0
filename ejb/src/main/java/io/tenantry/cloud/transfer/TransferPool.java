package io.tenantry.cloud.transfer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What an organization's services sent in one period, and what their plans include of it, together: what one leaves over another may use.
 * What is beyond is shared among those that sent more than their own plan includes, by how much more, to the last byte.
 */
record TransferPool(List<Share> shares) {
    /**
     * A service's part.
     *
     * @param used bytes that it sent
     * @param included bytes that its plan included, for the time that it had it
     */
    record Share(UUID serviceId, UUID walletId, long used, long included) {
        private long excess() {
            return Math.max(0, used - included);
        }
    }

    /** A service's share of what is beyond. */
    record Over(Share share, long bytes) {}

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

    /** Each service's share; they add up to what is beyond, exactly. */
    List<Over> over() {
        var left = used().subtract(included()).max(BigInteger.ZERO);
        var excess =
                shares.stream().map(one -> BigInteger.valueOf(one.excess())).reduce(BigInteger.ZERO, BigInteger::add);
        var all = new ArrayList<Over>();
        for (var share : shares) {
            // Of what is left, by the excess that is left: so the last one takes the rest, and nobody more than its
            // own.
            var own = BigInteger.valueOf(share.excess());
            var bytes = own.signum() == 0 ? BigInteger.ZERO : left.multiply(own).divide(excess);
            left = left.subtract(bytes);
            excess = excess.subtract(own);
            all.add(new Over(share, bytes.longValueExact()));
        }
        return List.copyOf(all);
    }
}
