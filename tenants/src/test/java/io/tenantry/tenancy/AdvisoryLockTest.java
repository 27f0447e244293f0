package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdvisoryLockTest {
    @Test
    void locksHaveDistinctSpaces() {
        assertThat(AdvisoryLock.values()).extracting(AdvisoryLock::space).doesNotHaveDuplicates();
    }
}
