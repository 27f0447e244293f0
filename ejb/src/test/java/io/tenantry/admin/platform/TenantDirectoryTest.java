package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {
    private final CountDownLatch hasRead = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Test
    void doesNotHideAChangeMadeDuringASlowRead() throws Exception {
        var directory = new TenantDirectory(firstReadingIsSlow());
        var slow = CompletableFuture.supplyAsync(directory::all);
        assertThat(hasRead.await(20, TimeUnit.SECONDS)).isTrue();
        var id = Database.tenant(new TenantId("latecomer"), "EUR", "Europe/Berlin");

        directory.refresh();
        mayGoOn.countDown();

        assertThat(slow.get(20, TimeUnit.SECONDS))
                .noneMatch(tenant -> tenant.id().equals(id));
        assertThat(directory.byId(id)).isPresent();
    }

    /** Returns connections of the database, the first of which is slow to close. */
    private DataSource firstReadingIsSlow() {
        var isFirst = new AtomicBoolean(true);
        return (DataSource) proxy(DataSource.class, (method, arguments) -> {
            var connection = Database.administration().getConnection();
            return isFirst.getAndSet(false) ? slow(connection) : connection;
        });
    }

    private Object slow(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                hasRead.countDown();
                assertThat(mayGoOn.await(20, TimeUnit.SECONDS)).isTrue();
            }
            return method.invoke(connection, arguments);
        });
    }

    private interface Answer {
        Object to(java.lang.reflect.Method method, Object[] arguments) throws Exception;
    }

    private static Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return answer.to(method, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        });
    }
}
