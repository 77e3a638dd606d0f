#!/usr/bin/env python3
"""Writes powers.def, the table real.c multiplies by, and proves the constants it takes logarithms with.

    engine/emit/make-powers.py > engine/emit/powers.def

Entry e, from LEAST to MOST, is floor(10^e / 2^r) + 1 with r chosen so that it has exactly 128 bits
(Giulietti 2020, section 9.6 and table 3, with 128 bits in place of 126).
"""

LEAST, MOST = -292, 324


def floor_log2_pow10(e):
    """floor(log2(10^e)), exactly."""
    if e >= 0:
        return (10**e).bit_length() - 1
    return -((10**-e - 1).bit_length())


def floor_log10(num, den):
    """floor(log10(num/den)), exactly."""
    k = len(str(num)) - len(str(den))
    while num * 10 ** max(-k, 0) < den * 10 ** max(k, 0):
        k -= 1
    return k


def power(e):
    r = floor_log2_pow10(e) - 127
    num = 10 ** max(e, 0) << max(-r, 0)
    den = 10 ** max(-e, 0) << max(r, 0)
    g = num // den + 1
    assert 1 << 127 < g < 1 << 128
    return g


for q in range(-1074, 972):  # the shifts and factors in real.c
    two = (1 << max(q, 0), 1 << max(-q, 0))
    assert floor_log10(*two) == q * 1262611 >> 22
    assert floor_log10(3 * two[0], 4 * two[1]) == q * 1262611 - 524031 >> 22
for e in range(LEAST, MOST + 1):
    assert floor_log2_pow10(e) == e * 1741647 >> 19

entries = [power(e) for e in range(LEAST, MOST + 1)]
print(f"/* 10^{LEAST} … 10^{MOST}, made by make-powers.py: POWER(high 64 bits, low 64 bits) */")
for i in range(0, len(entries), 2):
    pair = (f"POWER(0x{g >> 64:016x}, 0x{g & (1 << 64) - 1:016x})" for g in entries[i : i + 2])
    print(" ".join(pair))
