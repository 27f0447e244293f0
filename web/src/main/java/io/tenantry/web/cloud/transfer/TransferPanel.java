package io.tenantry.web.cloud.transfer;

import io.tenantry.cloud.transfer.TransferUsage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a service has sent and received, for the page of the service. */
@Named
@RequestScoped
public class TransferPanel {
    @Inject
    TransferUsage transferUsage;

    private @Nullable UUID service;
    private Optional<TransferUsage.TransferStatus> standing = Optional.empty();

    /** How it stands; asked for once a page. */
    public Optional<TransferUsage.TransferStatus> of(UUID id) {
        if (!id.equals(service)) {
            standing = transferUsage.of(id);
            service = id;
        }
        return standing;
    }
}
