package io.tenantry.web.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.EJBException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class BrandViewTest {
    @Test
    void showsHostNameWhenBrandCannotBeRead() {
        assertThat(nameSeen(Scope.of(new TenantId("aurora")), "aurora.example")).isEqualTo("aurora.example");
        assertThat(nameSeen(Scope.of(new TenantId("aurora")), "a".repeat(70) + ".example"))
                .hasSize(Brand.NAME_MAX);
        assertThat(nameSeen(Scope.PLATFORM, "platform.example")).isEqualTo(Brand.TENANTRY.name());
    }

    private static String nameSeen(Scope scope, String host) {
        var view = new BrandView();
        view.brands = new Unreadable();
        view.request = at(host);
        return Tenancy.in(scope, view::getName);
    }

    private static final class Unreadable extends Brands {
        @Override
        public Brand current() {
            throw new EJBException("the database is away");
        }
    }

    private static HttpServletRequest at(String host) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                BrandViewTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getServerName")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return host;
                });
    }
}
