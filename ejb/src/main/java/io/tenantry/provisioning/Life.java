package io.tenantry.provisioning;

import io.tenantry.tenancy.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * A service as far as what it lives through at a vendor is concerned.
 *
 * @param place where, and as what, its server is made
 * @param upstreamId the vendor's number of its server, once we know of it
 */
public record Life(
        UUID id,
        UUID organizationId,
        UUID walletId,
        UUID priceVersionId,
        String name,
        Service.State state,
        Upstream.Place place,
        Optional<String> upstreamId) {
    static final String COLUMNS = """
            select id, organization_id, wallet_id, price_version_id, name, state, account, upstream_region, upstream_size,
                   upstream_image, upstream_id
              from service
             where id = ?
            """;

    static Life of(Row row) {
        return new Life(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                row.uuid("price_version_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                new Upstream.Place(
                        row.text("account"),
                        row.text("upstream_region"),
                        row.text("upstream_size"),
                        row.text("upstream_image")),
                row.maybeText("upstream_id"));
    }

    /** Ordered, and neither up nor given up. */
    boolean isOnItsWay() {
        return state == Service.State.ORDERED || state == Service.State.PROVISIONING || state == Service.State.UNKNOWN;
    }
}
