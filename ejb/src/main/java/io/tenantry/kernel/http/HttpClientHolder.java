package io.tenantry.kernel.http;

import io.tenantry.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The HTTP client shared by all provider clients, limited to the addresses that the operator allows. */
@Dependent
public class HttpClientHolder {
    @Produces
    @Singleton
    static HttpGateway open(Settings settings) {
        var policy = AddressPolicy.valueOf(settings.outboundAddresses().toUpperCase(Locale.ROOT));
        return new HttpGateway(policy, HttpGateway.Timeouts.USUAL);
    }

    static void close(@Disposes HttpGateway line) {
        line.close();
    }
}
