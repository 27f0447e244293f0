package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * A service as far as its provisioning is concerned.
 *
 * @param place where and as what its server is created
 * @param upstreamId the provider's ID of its server, once known
 */
public record ServiceState(
        UUID id,
        UUID organizationId,
        UUID walletId,
        UUID priceVersionId,
        String name,
        Service.State state,
        ProvisioningTarget.Placement place,
        Optional<String> upstreamId) {
    static final String COLUMNS = """
            select id, organization_id, wallet_id, price_version_id, name, state, account, provider_region, provider_size,
                   provider_image, provider_ref
              from service
             where id = ?
            """;

    static ServiceState of(Row row) {
        return new ServiceState(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                row.uuid("price_version_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                new ProvisioningTarget.Placement(
                        row.text("account"),
                        row.text("provider_region"),
                        row.text("provider_size"),
                        row.text("provider_image")),
                row.maybeText("provider_ref"));
    }

    /** Whether it is ordered, and neither up nor given up. */
    boolean isOnItsWay() {
        return state == Service.State.ORDERED || state == Service.State.PROVISIONING || state == Service.State.UNKNOWN;
    }
}
