"""The columns of every table the oracle computes, with what a cell holds.

text      the same characters
integer   the same digits
boolean   true or false
exact     a decimal of the package, or a sum of such: the very same number, no tolerance
real      a computed number
json      the same value, whatever its spelling
unset     always empty: without a database there is no run, and scaled marks are still to come
The columns in `key` tell a table's rows apart, and rows stand in the order of these.
"""

from collections import namedtuple

Table = namedtuple("Table", "name key columns")

HOLDS = {
    "text": """exam paper name date item kind key points ability root line student_id person_id sex node level parent
               school status teacher option aspect value""",
    "integer": """candidates items ordinal n absent void rank_root n_root rank_parent n_parent n_at_or_above reached both
                  chosen fifth top
                  rank_class rank_school rank_county rank_city rank_province
                  n_class n_school n_county n_city n_province""",
    "boolean": "in_total counted is_key",
    "exact": "full_mark step max_mark planned_difficulty score lo hi raw mark min max",
    "json": "attributes",
    "unset": "run published_at scaled",
}
KINDS = {column: kind for kind, names in HOLDS.items() for column in names.split()}

TABLES = [Table(name, key.split(), columns.split()) for name, key, columns in (
    ("exam", "exam", "exam name date candidates run published_at"),
    ("paper", "exam paper", "exam paper name full_mark in_total step items"),
    ("item", "exam paper item", "exam paper item ordinal max_mark kind key points ability planned_difficulty"),
    ("line", "exam root line", "exam root line score share line_mark"),
    ("student", "exam student_id", "exam student_id person_id name sex node counted attributes"),
    ("node", "exam level node", "exam level node parent name candidates"),
    ("paper_stat", "exam paper level node", """exam paper level node n absent void full_mark mean sd min p25 median p75
        max score_rate excellent good pass low skewness kurtosis alpha split_half sem discrimination rank_root n_root
        rank_parent n_parent gap"""),
    ("item_stat", "exam paper item level node", """exam paper item level node n max_mark mean sd difficulty
        discrimination r_total r_rest alpha_drop full zero blank"""),
    ("option_stat", "exam paper item option level node", """exam paper item option level node is_key n chosen share
        share_top share_bottom r_total mean_total"""),
    ("mark_stat", "exam paper item level node mark", "exam paper item level node mark n share"),
    ("item_curve", "exam paper item level node fifth", "exam paper item level node fifth weight mean_total mean"),
    ("option_curve", "exam paper item option level node fifth", "exam paper item option level node fifth share"),
    ("point_stat", "exam paper aspect value level node", """exam paper aspect value level node n items full_mark mean
        score_rate sd gap"""),
    ("segment_stat", "exam paper level node lo", "exam paper level node lo hi n share n_at_or_above"),
    ("band_stat", "exam paper level node top", "exam paper level node top n share"),
    ("line_stat", "exam line paper level node", """exam line paper level node line_mark n reached rate both hit_rate
        contribution_rate"""),
    ("student_score", "exam paper student_id", """exam paper student_id school node status raw scaled z t teacher
        rank_class rank_school rank_county rank_city rank_province
        pct_class pct_school pct_county pct_city pct_province
        n_class n_school n_county n_city n_province"""),
    ("item_score", "exam paper item student_id", "exam paper item student_id mark option"),
)]


def kind_of(table, column):
    # A line's share is what exam.ini says; every other share is computed.
    if (table, column) == ("line", "share"):
        return "exact"
    return KINDS.get(column, "real")
