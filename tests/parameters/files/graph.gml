graph [
node [ id 1 label "one" ]
node [ id 2 label "two" ]
node [ id 3 label "three" ]
node [ id 4 label "four" ]
node [ id 5 label "five" ]
edge [ source 1 target 2 ]
edge [ source 2 target 3 ] ]
