package io.tenantry.web.portal;

import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A part of a wallet's statement.
 *
 * @param lines the newest first
 * @param isMore whether there are older ones
 */
public record Statement(List<Wallets.Line> lines, boolean isMore) {
    static final Statement NONE = new Statement(List.of(), false);

    /** The lines of one day. */
    public record Day(LocalDate date, List<Wallets.Line> lines) {}

    /** The lines before an entry. */
    public static Statement of(OrganizationWallets wallets, UUID walletId, long before, int limit) {
        var found = wallets.statement(walletId, before, limit + 1);
        var isMore = found.size() > limit;
        return new Statement(isMore ? found.subList(0, limit) : found, isMore);
    }

    /** Where the older ones begin. */
    public long getNext() {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).entryId();
    }
}
