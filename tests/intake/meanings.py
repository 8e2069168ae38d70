"""What each result code and definition means, told a second time: a slip in one of the two shows.

All others are ``not_a_sentence``.
"""

CODES = {
    "absolute_discharge": "1017",
    "acquittal": (
        "2004 2005 2006 2016 2017 2018 2023 2050 2051 2052 2053 2054 2061 2063 2064 2066 "
        "2069 2072 2075 2076 2078 2082 2087 2088 2089 2091 2094 2097 2098 2099 2103"
    ),
    "custody_unclear": (
        "1005 1006 1022 1041 1042 1043 1055 1056 1058 1073 1074 1075 1077 1080 1090 1091 "
        "1092 1093 1096 1105 1106 1110 1111 1112 1126 1133 1161 1162 1170 1172 1174 3053 "
        "3114 3174 3187 3188 3190 3195 3207 3211 3215 3216 3217 3239 3248 3251 3253 3255 "
        "3256 3257 5002 5003 5004 5005 5006 5008 5009 5012 5013 5018 5019"
    ),
    "default_custody": "1509 1510",
    "detention_and_training": "1081",
    "died": "2065 2503",
    "free_text": "1000",
    "guardianship": "1014",
    "hm_pleasure": "1003",
    "hospital_direction": "1088",
    "hospital_order": "1008",
    "imprisonment": "1002 1114",
    "indeterminate": "1121",
    "insanity": "2010",
    "interim_hospital_order": "3132 4582",
    "life": "3230 4064 4065",
    "non_custodial": (
        "1009 1010 1011 1013 1015 1016 1018 1019 1020 1021 1025 1026 1034 1035 1036 1037 "
        "1038 1039 1051 1052 1057 1059 1062 1066 1067 1071 1072 1078 1082 1083 1084 1086 "
        "1095 1097 1098 1099 1100 1101 1102 1104 1107 1116 1119 1125 1130 1141 1142 1143 "
        "1144 1155 1163 1164 1165 1166 1167 1168 1169 1176 1180 1182 1183 1503 1512 1515 "
        "3012 3237 3240 3254 5016 5017"
    ),
    "notification": "3052 3085 3218",
    "part_of_a_sentence": "1027 1047 1050 3058 3061 3113 3245 3280",
    "quashed": "2074 2079 2083 2084 2095 2096 2100 2101 3018",
    "restriction_order": "1004",
    "section_250_detention": "1007",
    "sentence_varied": "1028 1046 1049 2068 2080 2102 3150 3151 3153 3176 3270 3271",
    "supervision_order": "1012 1079",
    "suspended": "1089 1115 1134 1171 3220",
    "suspended_activated": "1507 3223 3224 3225 3226 3227",
    "suspended_varied": "1508 3228 3229 3268 3269",
    "unclear": "2055 2058",
    "unfit": "2009",
    "unknown": "1001 1054 1108 1122 1123 1124 3189 5010 5014 9999",
    "yoi_detention": "1024",
}

DEFINITIONS = {
    "absolute_discharge": "AD",
    "acquittal": "DINE DISM NGJ NOEVS STAYP WDRN WDRNNOT disc",
    "default_custody": "AFM CPRPD DETDP EV EVP FIDICI FIDICTI FIDIPI IMPDP P RSWN",
    "detention_and_training": "DTO",
    "died": "dead deads",
    "extended": "EXTDVS EXTDVSU EXTIVS",
    "free_text": "ORD TEXT",
    "guardianship": "MHGO",
    "hm_pleasure": "DETMP",
    "hospital_direction": "DHA",
    "hospital_order": "MHHO",
    "imprisonment": "MINIDB MINIDT imp",
    "interim_hospital_order": "MHHI MHHIC",
    "life": "CFL CFLS LIMP2 LIMPS2O LIMPSO MCL MLI",
    "non_custodial": (
        "BOCOND BOJ BOW CD CDN CONI COS ESO FCOMP FO NSP REPO SDO YOP YOPE YRO YROF "
        "YROINI YROISS YRONI co excise,_penalty"
    ),
    "notification": "NORR NORRDW NORRI",
    "part_of_a_sentence": "CREDIT CREDITF CREFT DEPN RLC TDTO TIMP WABSN",
    "particular_concern": "SPECC",
    "quashed": "CQUASH IQUASH QC",
    "restriction_order": "RISTO",
    "section_250_detention": "DETSO",
    "sentence_varied": "SV",
    "suspended": "SUSPS SUSPSD SUSPSDNI SUSPSDS SUSPSNI SUSPSS",
    "suspended_activated": "SSI SSID SSIV SSIVD",
    "suspended_varied": "SUSPA SUSPAD SUSPV SUSPVD",
    "yoi_detention": "MINDDB MINDDT yoi",
}
