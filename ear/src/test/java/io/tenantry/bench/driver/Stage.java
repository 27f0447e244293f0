package io.tenantry.bench.driver;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The objects created so far, by their numbers in the trace. */
@ApplicationScoped
public class Stage {
    private final Map<String, Priced> flavours = new ConcurrentHashMap<>();
    private final Map<Integer, Customer> customers = new ConcurrentHashMap<>();
    private final Map<Integer, UUID> services = new ConcurrentHashMap<>();

    /** A plan and its only price. */
    record Priced(UUID planId, UUID priceVersionId) {}

    /** An organization and its only wallet. */
    record Customer(UUID organizationId, UUID walletId) {}

    Map<String, Priced> flavours() {
        return flavours;
    }

    Map<Integer, Customer> customers() {
        return customers;
    }

    Map<Integer, UUID> services() {
        return services;
    }
}
