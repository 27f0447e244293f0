package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantHostsTest {
    @ParameterizedTest
    @CsvSource({
        "shop.admin.example.com, admin.example.com, true",
        "a.b.admin.example.com, admin.example.com, true",
        "admin.example.com, admin.example.com, false",
        "shop.example.com, admin.example.com, false",
        "badadmin.example.com, admin.example.com, false",
        "bank.co.uk, tenantry.co.uk, false",
        "shop.tenantry.co.uk, tenantry.co.uk, true",
        "shop.localhost, localhost, false"
    })
    void onlyNamesBelowTheAdminHostBelongToThePlatform(String host, String console, boolean isPlatforms) {
        assertThat(TenantHosts.isPlatforms(host, console)).isEqualTo(isPlatforms);
    }
}
