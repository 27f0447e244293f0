package io.tenantry.provider.virtfusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    @org.junit.jupiter.api.Test
    void readsEmptyObjectsAsPhpWritesThem() {
        var server = new Machine(
                        new io.tenantry.provider.Fields(
                                io.tenantry.text.JsonText.object(
                                        "{\"id\":7,\"name\":\"x\",\"state\":\"complete\",\"network\":[],\"hypervisor\":[],\"suspended\":0,\"remoteState\":[]}")))
                .server();
        org.assertj.core.api.Assertions.assertThat(server.id()).isEqualTo("7");
        org.assertj.core.api.Assertions.assertThat(server.addresses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'state':'allocated'                                              | RESERVED
        'state':'queued'                                                 | BUILDING
        'state':'failed'                                                 | FAILED
        'state':'complete','buildFailed':true                            | FAILED
        'state':'complete','suspended':true,'buildFailed':true           | SUSPENDED
        'state':'complete','remoteState':{'state':'running'}             | RUNNING
        'state':'complete','remoteState':{'state':'shutoff'}             | STOPPED
        'state':'complete','remoteState':{'state':'crashed'}             | STOPPED
        'state':'complete','remoteState':{'state':'paused'}              | BUSY
        'state':'complete','remoteState':{'state':'pmsuspended'}         | UNRECOGNISED
        'state':'complete','remoteState':{}                              | UNRECOGNISED
        'state':'complete','remoteState':false                           | UNRECOGNISED
        'state':'complete'                                               | UNRECOGNISED
        'state':'dreaming'                                               | UNRECOGNISED
        'commissioned':0                                                 | RESERVED
        'commissioned':1                                                 | BUILDING
        'commissioned':2                                                 | FAILED
        'commissioned':3                                                 | UNRECOGNISED
        'commissioned':3,'suspended':true                                | SUSPENDED
        """, quoteCharacter = '"')
    void eachOfThePanelsStatesIsOneOfOurs(String said, Server.State state) {
        assertThat(new Machine(fields(said)).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-20T14:00:47+01:00, 2025-01-20T13:00:47Z",
        "2025-01-06T00:00:00.000000Z, 2025-01-06T00:00:00Z",
        "2025-01-06 00:00:00, 2025-01-06T00:00:00Z"
    })
    void aTimeWithoutAZoneIsInUtc(String said, Instant time) {
        assertThat(Machine.at(fields("'at':'" + said + "'"), "at")).isEqualTo(time);
    }

    @Test
    void whatIsNoTimeIsNotUnderstood() {
        assertThatThrownBy(() -> Machine.at(fields("'at':'soon'"), "at"))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_UNDERSTOOD));
    }

    private static Fields fields(String said) {
        try (var reader = Json.createReader(new StringReader("{" + said.replace('\'', '"') + "}"))) {
            return new Fields(reader.readObject());
        }
    }
}
