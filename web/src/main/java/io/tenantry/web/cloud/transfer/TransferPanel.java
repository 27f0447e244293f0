package io.tenantry.web.cloud.transfer;

import io.tenantry.cloud.transfer.TransferUsage;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transfer of a service, for the service's page. */
@Named
@RequestScoped
public class TransferPanel {
    @Inject
    TransferUsage transferUsage;

    private @Nullable UUID service;
    private Optional<TransferUsage.TransferStatus> status = Optional.empty();

    /** Returns the transfer status; loaded once per page. */
    public Optional<TransferUsage.TransferStatus> of(UUID id) {
        if (!id.equals(service)) {
            status = transferUsage.of(id);
            service = id;
        }
        return status;
    }
}
