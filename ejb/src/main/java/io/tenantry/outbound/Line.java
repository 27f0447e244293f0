package io.tenantry.outbound;

import io.tenantry.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The one line out that all vendors' clients share, to the addresses that the operator allows. */
@Dependent
public class Line {
    @Produces
    @Singleton
    static Outbound open(Settings settings) {
        var policy = AddressPolicy.valueOf(settings.outboundAddresses().toUpperCase(Locale.ROOT));
        return new Outbound(policy, Outbound.Waits.USUAL);
    }

    static void close(@Disposes Outbound line) {
        line.close();
    }
}
