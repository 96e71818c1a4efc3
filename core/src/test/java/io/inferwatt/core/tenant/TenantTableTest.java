package io.inferwatt.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantTableTest {

    @Test
    void tenantOnTheList_hasItsName_othersTheirHashAlone() {
        TenantTable table = TenantTable.of(List.of("acme", "globex"), null);

        assertThat(table.of(table.hash("acme"))).isEqualTo(new Tenant(table.hash("acme"), "acme"));
        assertThat(table.of(table.hash("acme")).label()).isEqualTo("acme");
        Tenant other = table.of(table.hash("somebody"));
        assertThat(other.label()).isEqualTo("other");
        assertThat(other.toString()).doesNotContain("somebody");
        assertThat(table.names()).containsExactlyInAnyOrder("acme", "globex");
    }

    @Test
    void blankName_isNobody() {
        TenantTable table = TenantTable.of(List.of(), "salt");

        assertThat(table.hash(null)).isZero();
        assertThat(table.hash(" ")).isZero();
        assertThat(table.of(0)).isEqualTo(Tenant.NONE);
        assertThat(Tenant.NONE.label()).isEqualTo("none");
        assertThat(Tenant.NONE.isKnown()).isFalse();
    }

    @Test
    void sameSalt_givesTheSameHashes_anotherOneOthers_noneNewOnesEachTime() {
        long hash = TenantTable.of(List.of(), "salt").hash("acme");

        assertThat(TenantTable.of(List.of("acme"), "salt").hash("acme")).isEqualTo(hash);
        assertThat(TenantTable.of(List.of(), "pepper").hash("acme")).isNotEqualTo(hash);
        assertThat(TenantTable.of(List.of(), null).hash("acme"))
                .isNotEqualTo(TenantTable.of(List.of(), null).hash("acme"));
    }

    @Test
    void longNames_areCut_andDoNotCollideOtherwise() {
        TenantTable table = TenantTable.of(List.of(), "salt");

        assertThat(table.hash("x".repeat(10_000))).isEqualTo(table.hash("x".repeat(200)));
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            hashes.add(table.hash("tenant-" + i));
        }
        assertThat(hashes).hasSize(100_000).doesNotContain(0L);
    }
}
